import { Bank } from './testing/bank';
import type { HttpCaller } from './testing/http-caller';
import { importCodes } from './testing/programme';
import { stockBody } from './testing/stock';
import { WALLET_SERVICES, WalletPeople } from './testing/wallet-people';

// Goal: a third party's code goes to one customer or, once withdrawn, to nobody, and who withdrew it can be read.

const NAMES = ['ann', 'bob', 'cid'] as const;
type Name = (typeof NAMES)[number];

let bank: Bank;
let staff: { maker: HttpCaller };
let people: WalletPeople<Name>;

beforeAll(async () => {
  bank = await Bank.open({}, WALLET_SERVICES);
  staff = { maker: await bank.staff('max', ['admin', 'maker']) };
  await staff.maker.put('/admin/v1/org-units', { orgPath: 'hq', name: 'hq' });
  people = await WalletPeople.join(bank, staff.maker, NAMES);
});
afterAll(() => bank?.stop());

const open = (stockId: string, overrides: object = {}): Promise<unknown> =>
  staff.maker.post('/admin/v1/stocks', stockBody(stockId, overrides));

it('gives each imported code of a third party to one customer', async () => {
  const pool = '/admin/v1/code-pools/video-codes';
  await staff.maker.put(pool, { name: 'Video', providerId: 'video', orgPath: 'hq', alarmBelowCount: 1 });
  const path = await importCodes(staff.maker, 'video-codes', ['V-1', 'V-2', 'V-1']);
  const counts = { lineCount: 3, importedCount: 2, duplicateCount: 1 };
  expect(await staff.maker.get(path)).toMatchObject({ import: counts });
  const { errors } = await staff.maker.get<{ errors: object[] }>(`${path}/errors`);
  expect(errors).toMatchObject([{ line: 4 }]);
  await open('video-month', { kind: 'third_party_code', poolId: 'video-codes', totalLimit: 5 });
  const codes: string[] = [];
  for (const name of ['ann', 'bob'] as const) {
    const { instanceId } = await people.claim(name, 'video-month');
    const show = `/app/v1/wallet/${instanceId}/third-party-code`;
    const shown = await people.apps[name].post<{ code: string }>(show);
    expect(await people.apps[name].post(show)).toEqual(shown);
    expect(await people.refusal('cid', `wallet/${instanceId}/third-party-code`)).toEqual([404, 'INSTANCE_NOT_FOUND']);
    codes.push(shown.code);
  }
  expect(codes.sort()).toEqual(['V-1', 'V-2']);
  expect((await people.refusal('cid', 'stocks/video-month/claims'))[1]).toBe('CODE_POOL_EMPTY');
  const { alarms } = await staff.maker.get<{ alarms: object[] }>('/admin/v1/code-pool-alarms?poolId=video-codes');
  expect(alarms).toContainEqual(expect.objectContaining({ poolId: 'video-codes', kind: 'empty' }));
});

it('never gives a code that was withdrawn, gives what is left, and tells who withdrew it and why', async () => {
  const pool = '/admin/v1/code-pools/music-codes';
  await staff.maker.put(pool, { name: 'Music', providerId: 'music', orgPath: 'hq' });
  await importCodes(staff.maker, 'music-codes', ['M-1']);
  const wrong = await importCodes(staff.maker, 'music-codes', ['M-2', 'M-3']);
  await importCodes(staff.maker, 'music-codes', ['M-4']);
  await open('music-month', { kind: 'third_party_code', poolId: 'music-codes', totalLimit: 5 });
  const codeOf = async (name: Name): Promise<string> => {
    const { instanceId } = await people.claim(name, 'music-month');
    const shown = `/app/v1/wallet/${instanceId}/third-party-code`;
    return (await people.apps[name].post<{ code: string }>(shown)).code;
  };
  expect(await codeOf('ann')).toBe('M-1');
  const importId = wrong.split('/').at(-1)!;
  const withdrawn = await staff.maker.post(`${pool}/withdraw`, { importId, reason: 'sent by mistake' });
  expect(withdrawn).toMatchObject({ withdrawnCount: 2, pool: { availableCount: 1, withdrawnCount: 2 } });
  expect(await codeOf('bob')).toBe('M-4');
  expect(await people.refusal('cid', 'stocks/music-month/claims')).toEqual([422, 'CODE_POOL_EMPTY']);
  const { withdrawals } = await staff.maker.get<{ withdrawals: object[] }>(`${pool}/withdrawals`);
  expect(withdrawals).toMatchObject([{ importId, withdrawnCount: 2, actorId: 'max', reason: 'sent by mistake' }]);
});
