import type { Instance, Redemption, WalletGroup } from '@tidegate/contracts/benefits/v1/benefits';
import type { ShareLink } from '@tidegate/contracts/benefits/v1/shares';
import type { SettlementBatch, StatementLine } from '@tidegate/contracts/merchants/v1/merchants';
import { eventually } from '@tidegate/testing';
import { rotatingCode } from '../../../docs/samples/rotating-code';
import type { Json } from '../../../tools/demo/http/json';
import { Bank } from './testing/bank';
import { readAll, type HttpCaller, type Problem } from './testing/http-caller';
import { balanceOf } from './testing/ledger';
import { MerchantSystem } from './testing/merchant-system';
import { stockBody } from './testing/stock';

// Goal: a benefit is claimed, given, redeemed and settled once, whoever tries again; every amount is in the ledger.

type Redeemed = Json<Redemption>;
type Batch = Json<SettlementBatch>;
const FACE = 1_001;
const STOCK = 'spring-packet';

const SERVICES = ['gateway', 'customers', 'campaigns', 'benefits', 'merchants', 'review'];

let bank: Bank;
let admin: HttpCaller;
let clara: HttpCaller;
let anna: HttpCaller;
let bo: HttpCaller;
let cao: HttpCaller;
let tea: MerchantSystem;
let books: MerchantSystem;
const redemptions: Redeemed[] = [];

beforeAll(async () => {
  bank = await Bank.open({}, SERVICES);
  admin = await bank.staff('adam', ['admin']);
  [anna, bo, cao] = await Promise.all([bank.customer('anna'), bank.customer('bo'), bank.customer('cao')]);
  await admin.put('/admin/v1/org-units', { orgPath: 'hq', name: 'Head office', kind: 'head_office' });
  clara = await bank.staff('clara', ['checker']);
  const staff = { admin, checker: clara };
  tea = await MerchantSystem.join(bank.url, staff, 'tea-house');
  books = await MerchantSystem.join(bank.url, staff, 'book-shop');
  const costShares = [
    { funder: 'bank', partyId: 'hq', basisPoints: 6_000 },
    { funder: 'merchant', basisPoints: 4_000 },
  ];
  const terms = { faceValueMinor: FACE, thresholdMinor: 2_000, isTransferable: true, costShares };
  await admin.post('/admin/v1/stocks', stockBody(STOCK, terms));
});
afterAll(() => bank?.stop());
afterEach(async () => {
  const { trialBalanceMinor } = await admin.get<Trial>('/admin/v1/ledger/trial-balance');
  expect(Number(trialBalanceMinor)).toBe(0);
});

interface Trial {
  trialBalanceMinor: number;
  postingCount: number;
}
interface Wallet {
  instances: Json<Instance>[];
  countByState: Record<string, number>;
}
const walletOf = (customer: HttpCaller): Promise<Wallet> => customer.get<Wallet>('/app/v1/wallet');
const onlyOf = async (customer: HttpCaller): Promise<string> => {
  const { instances } = await walletOf(customer);
  expect(instances).toHaveLength(1);
  return instances[0]!.instanceId;
};
const codeOf = async (customer: HttpCaller): Promise<string> =>
  (await customer.post<{ code: string }>(`/app/v1/wallet/${await onlyOf(customer)}/redemption-code`)).code;
const send = async (request: RequestInit): Promise<{ status: number; body: Problem & { redemption?: Redeemed } }> => {
  const response = await fetch(`${bank.url}/merchant/v1/redemptions`, request);
  return { status: response.status, body: (await response.json()) as Problem & { redemption?: Redeemed } };
};

it('is claimed once, however often the app asks', async () => {
  const claim = { key: 'anna-claims' };
  const first = await anna.post<{ instance: object; isRepeat: boolean }>(`/app/v1/stocks/${STOCK}/claims`, {}, claim);
  const again = await anna.post<{ instance: object; isRepeat: boolean }>(`/app/v1/stocks/${STOCK}/claims`, {}, claim);
  expect([first.isRepeat, again.isRepeat]).toEqual([false, true]);
  expect(again.instance).toEqual(first.instance);
  const greedy = await anna.refused('POST', `/app/v1/stocks/${STOCK}/claims`, { body: {} });
  expect([greedy.status, greedy.reason]).toEqual([422, 'CUSTOMER_LIMIT_REACHED']);
  await admin.post('/admin/v1/stocks', stockBody('other-packet'));
  const reused = await anna.refused('POST', '/app/v1/stocks/other-packet/claims', { body: {}, ...claim });
  expect([reused.status, reused.reason]).toEqual([409, 'REQUEST_ID_REUSED']);
  expect(await walletOf(anna)).toMatchObject({ countByState: { issued: 1 } });
});

it('is in the ledger from the moment of its claim on, and not before', async () => {
  const { customerId, claimedAt } = (await walletOf(anna)).instances[0]!;
  const after = (ms: number): Date => new Date(Date.parse(claimedAt!) + ms);
  const balanceAt = (at: Date): Promise<number> => balanceOf(admin, `customer:${customerId}`, 'CNY', at);
  expect([await balanceAt(after(-1)), await balanceAt(after(1))]).toEqual([0, FACE]);
  const trialAt = async (at: Date): Promise<[number, number]> => {
    const trial = await admin.get<Trial>(`/admin/v1/ledger/trial-balance?at=${at.toISOString()}`);
    return [Number(trial.trialBalanceMinor), Number(trial.postingCount)];
  };
  // The budgets of the bank and of the merchant, and the customer's wallet.
  expect([await trialAt(after(-1)), await trialAt(after(1))]).toEqual([
    [0, 0],
    [0, 3],
  ]);
});

it('goes as a gift to one other customer', async () => {
  const before = await codeOf(anna);
  const instanceId = await onlyOf(anna);
  const foreign = await bo.refused('POST', `/app/v1/wallet/${instanceId}/gifts`, { body: {} });
  expect([foreign.status, foreign.reason]).toEqual([404, 'INSTANCE_NOT_FOUND']);
  const { giftId, token } = await anna.post<{ giftId: string; token: string }>(`/app/v1/wallet/${instanceId}/gifts`);
  const accept = `/app/v1/gifts/${giftId}/accept`;
  const guessed = await cao.refused('POST', accept, { body: { token: `${token.slice(0, -2)}xx` } });
  expect([guessed.status, guessed.reason]).toEqual([404, 'GIFT_NOT_FOUND']);
  const self = await anna.refused('POST', accept, { body: { token } });
  expect(self.reason).toBe('GIFT_TO_SELF');
  await bo.post(accept, { token });
  const late = await cao.refused('POST', accept, { body: { token } });
  expect([late.status, late.reason]).toEqual([422, 'GIFT_TAKEN']);
  expect(await walletOf(anna)).toMatchObject({ instances: [{ instanceId, state: 'transferred' }] });
  expect(await onlyOf(bo)).toBe(`gift-${giftId}`);
  const stolen = await tea.http.refused('POST', '/merchant/v1/redemptions', { body: tea.sale(before) });
  expect(stolen.reason).toBe('INSTANCE_NOT_AVAILABLE');
});

it('is redeemed once by a signed request; copies and replays are refused', async () => {
  const code = await codeOf(bo);
  const small = await tea.http.refused('POST', '/merchant/v1/redemptions', { body: tea.sale(code, 1_999) });
  expect(small.reason).toBe('BELOW_THRESHOLD');
  const request = await tea.signed(tea.sale(code), 'sale-1');
  const altered = await send({ ...request, body: request.body!.replace('5000', '9000') });
  expect([altered.status, altered.body.reason]).toEqual([401, 'DIGEST_MISMATCH']);
  const sent = await send(request);
  expect(sent.body).toMatchObject({ redemption: { amountMinor: FACE, merchantId: 'tea-house' } });
  expect(sent.body.redemption).not.toHaveProperty('customerId');
  expect(sent.body.redemption!.shares).toMatchObject([
    { funder: 'bank', partyId: 'hq', amountMinor: 601 },
    { funder: 'merchant', partyId: 'tea-house', amountMinor: 400 },
  ]);
  redemptions.push(sent.body.redemption!);

  const replayed = await send(request);
  expect([replayed.status, replayed.body.reason]).toEqual([401, 'SIGNATURE_REPLAYED']);
  // A lost answer: the same request, signed anew.
  const repeated = await send(await tea.signed(tea.sale(code), 'sale-1'));
  expect(repeated.body.redemption).toEqual(sent.body.redemption);
  const copied = await books.http.refused('POST', '/merchant/v1/redemptions', { body: books.sale(code) });
  expect(['CODE_USED', 'INSTANCE_NOT_AVAILABLE']).toContain(copied.reason);
  const unsigned = await fetch(`${bank.url}/merchant/v1/redemptions`);
  expect([unsigned.status, ((await unsigned.json()) as Problem).reason]).toEqual([401, 'SIGNATURE_MISSING']);
  const forged = await MerchantSystem.forged(tea, books, '/merchant/v1/redemptions');
  expect([forged.status, ((await forged.json()) as Problem).reason]).toEqual([401, 'SIGNATURE_INVALID']);
});

it('is held, voided, held again and committed, each once', async () => {
  await cao.post(`/app/v1/stocks/${STOCK}/claims`);
  const hold = async (): Promise<string> =>
    (await books.http.post<{ holdId: string }>('/merchant/v1/holds', books.sale(await codeOf(cao)))).holdId;
  const broken = await hold();
  expect(await walletOf(cao)).toMatchObject({ countByState: { held: 1 } });
  const foreign = await tea.http.refused('POST', `/merchant/v1/holds/${broken}/commit`, { body: {} });
  expect([foreign.status, foreign.reason]).toEqual([404, 'HOLD_NOT_FOUND']);
  await books.http.post(`/merchant/v1/holds/${broken}/void`);
  expect(await walletOf(cao)).toMatchObject({ countByState: { issued: 1 } });
  const late = await books.http.refused('POST', `/merchant/v1/holds/${broken}/commit`, { body: {} });
  expect([late.status, late.reason]).toEqual([422, 'HOLD_VOIDED']);

  const kept = await hold();
  const commit = (): Promise<{ redemption: Redeemed }> =>
    books.http.post(`/merchant/v1/holds/${kept}/commit`, {}, { key: 'commit-kept' });
  const { redemption } = await commit();
  expect((await commit()).redemption).toEqual(redemption);
  const tooLate = await books.http.refused('POST', `/merchant/v1/holds/${kept}/void`, { body: {} });
  expect([tooLate.status, tooLate.reason]).toEqual([422, 'HOLD_COMMITTED']);
  redemptions.push(redemption);
});

it('is settled with the merchants to the cent, and each sees only its own', async () => {
  const days = [...new Set(redemptions.map(({ redeemedAt }) => bankDate(new Date(redeemedAt!))))].map((date) =>
    admin.get<{ businessDate: string }>(`/admin/v1/business-days/${date}`),
  );
  const dates = [...new Set((await Promise.all(days)).map(({ businessDate }) => businessDate))];
  const early = await admin.refused('POST', '/admin/v1/settlements', { body: { businessDate: dates.at(-1) } });
  expect([early.status, early.reason]).toEqual([422, 'BUSINESS_DAY_OPEN']);
  // What merchants are owed comes from the ledger; a second run finds nothing left to do.
  for (const businessDate of [...dates, ...dates])
    await admin.post('/admin/v1/settlements', { businessDate, isForced: true });

  const prepared = await readAll<Batch>(admin, '/admin/v1/settlement-batches', 'batches');
  const batchIds = prepared.map(({ batchId }) => batchId);
  const alone = await admin.refused('POST', '/admin/v1/payouts', { body: { batchIds } });
  expect([alone.status, alone.reason]).toEqual([403, 'RELEASER_IS_MAKER']);
  const { payout } = await clara.post<{ payout: { payoutId: string } }>('/admin/v1/payouts', { batchIds });
  const file = await clara.call<string>('GET', `/admin/v1/payouts/${payout.payoutId}/pain.001.xml`);
  expect([file.contentType, file.body.match(/<CdtTrfTxInf>/g)?.length]).toEqual(['application/xml', 2]);
  const batches = await readAll<Batch>(admin, '/admin/v1/settlement-batches', 'batches');
  const posted = batches.map(({ merchantId, amountMinor, state }) => ({
    merchantId,
    amountMinor: Number(amountMinor),
    state,
  }));
  expect(posted.sort((a, b) => (a.merchantId < b.merchantId ? -1 : 1))).toEqual([
    { merchantId: 'book-shop', amountMinor: FACE, state: 'released' },
    { merchantId: 'tea-house', amountMinor: FACE, state: 'released' },
  ]);
  for (const merchant of [tea, books]) {
    const own = await readAll<Batch>(merchant.http, '/merchant/v1/settlement-batches', 'batches');
    expect(own.map(({ merchantId }) => merchantId)).toEqual([merchant.merchantId]);
    const path = `/merchant/v1/settlement-batches/${own[0]!.batchId}/statement`;
    const lines = await readAll<Json<StatementLine>>(merchant.http, path, 'lines');
    const sum = lines.reduce((total, { amountMinor }) => total + Number(amountMinor), 0);
    expect([lines.length, sum]).toEqual([own[0]!.redemptionCount, Number(own[0]!.amountMinor)]);
    const csv = await merchant.http.call<string>('GET', `${path}.csv`);
    const ownBooks = { businessDateFrom: dates[0], businessDateTo: dates.at(-1), content: csv.body };
    const { reconciliation } = await merchant.http.post<{ reconciliation: { matchedCount: number; state: string } }>(
      '/merchant/v1/reconciliations',
      ownBooks,
    );
    expect(reconciliation).toMatchObject({ state: 'completed', matchedCount: lines.length, openDifferenceCount: 0 });
    const pdf = await merchant.http.call<string>('GET', `${path}.pdf`);
    expect([pdf.status, pdf.contentType, pdf.body.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
    const other = merchant === tea ? books : tea;
    const spied = await other.http.refused('GET', path);
    expect([403, 404]).toContain(spied.status);
    const sales = await readAll<Redeemed>(other.http, '/merchant/v1/redemptions', 'redemptions');
    expect(new Set(sales.map(({ merchantId }) => merchantId))).toEqual(new Set([other.merchantId]));
    const owed = await admin.get<{ balance: { debitMinor: number; creditMinor: number } }>(
      `/admin/v1/ledger/account-balance?account=payable:${merchant.merchantId}&currency=CNY`,
    );
    expect(Number(owed.balance.debitMinor) - Number(owed.balance.creditMinor)).toBe(0);
  }
});

it('is told to the review', async () => {
  await eventually(async () => {
    const report = await admin.get<Record<string, unknown>>(`/admin/v1/reports/benefits?stockId=${STOCK}`);
    const { claimed, transferred, redeemed, redeemedAmountMinor, refusedByReason } = report;
    expect([claimed, transferred, redeemed, redeemedAmountMinor].map(Number)).toEqual([2, 1, 2, 2 * FACE]);
    expect(Number((refusedByReason as Record<string, number>)['CUSTOMER_LIMIT_REACHED'])).toBe(1);
  });
});

it('opens at its second: who comes before is told the server’s clock', async () => {
  const claimStartsAt = new Date(Date.now() + 30 * 60_000).toISOString();
  await admin.post('/admin/v1/stocks', stockBody('later-packet', { claimStartsAt, shardCount: 8 }));
  const askedAtMs = Date.now();
  const early = await anna.refused('POST', '/app/v1/stocks/later-packet/claims', { body: {} });
  expect([early.status, early.reason, early.metadata?.['startsAt']]).toEqual([422, 'CLAIM_NOT_STARTED', claimStartsAt]);
  const serverTimeMs = Date.parse(early.metadata!['serverTime']!);
  expect(askedAtMs <= serverTimeMs && serverTimeMs <= Date.now()).toBe(true);
});

it('is shared by a link, found in the groups of a wallet, and redeemed with a code made without a network', async () => {
  const [dan, eve] = await Promise.all([bank.customer('dan'), bank.customer('eve')]);
  const sharerReward = { kind: 'points', points: 5, pointsValidMonths: 12 };
  const shareTerms = { linkValidSeconds: 3_600, linksPerCustomerMax: 2, sharerReward, sharerRewardsMax: 1 };
  await admin.post('/admin/v1/stocks', stockBody('shared-packet', { isShareable: true, shareTerms, shardCount: 4 }));
  const { link } = await dan.post<{ link: Json<ShareLink> }>('/app/v1/stocks/shared-packet/share-links');
  await eve.post(`/app/v1/share-links/${link.linkId}/open`);
  await eve.post(`/app/v1/share-links/${link.linkId}/claims`);
  const refused = await dan.refused('POST', `/app/v1/stocks/${STOCK}/share-links`, { body: {} });
  expect([refused.status, refused.reason]).toEqual([422, 'NOT_SHAREABLE']);

  const { groups } = await eve.get<{ groups: Json<WalletGroup>[] }>('/app/v1/wallet?group=all');
  const counts = groups.map(({ group, count }) => [group, count]);
  expect(counts).toEqual([['available', 1], ...['held', 'on_way', 'used', 'expired'].map((group) => [group, 0])]);
  const [item] = groups[0]!.items;
  expect(Number(item!.expiresInSeconds)).toBeLessThanOrEqual(24 * 3_600);
  const { instanceId } = item!.instance!;
  const issued = await eve.post<{ seed: string; epoch: number; stepSeconds: number; serverTime: string }>(
    `/app/v1/wallet/${instanceId}/code-seed`,
  );
  const clockOffsetMs = Date.parse(issued.serverTime) - Date.now();
  const code = rotatingCode({ ...issued, instanceId, clockOffsetMs }, Date.now());
  const { redemption } = await tea.http.post<{ redemption: Redeemed }>('/merchant/v1/redemptions', tea.sale(code));
  expect(redemption.instanceId).toBe(instanceId);
  const copied = await books.http.refused('POST', '/merchant/v1/redemptions', { body: books.sale(code) });
  expect(['CODE_USED', 'CODE_STALE']).toContain(copied.reason);
  await eventually(
    async () => {
      const { links } = await dan.get<{ links: Json<ShareLink>[] }>('/app/v1/share-links');
      expect(links).toMatchObject([{ openedCount: 1, claimedCount: 1, rewardedCount: 1 }]);
    },
    { timeoutMs: 60_000 },
  );
});

/** The bank's calendar date of a moment. */
function bankDate(moment: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(moment);
}
