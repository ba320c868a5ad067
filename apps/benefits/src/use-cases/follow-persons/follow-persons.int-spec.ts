import { PersonsChanged } from '@tidegate/contracts/customers/v1/customers_events';
import type { DomainError } from '@tidegate/errors';
import { eventually, persistently } from '@tidegate/testing';
import fc from 'fast-check';
import type { Stock } from '../../domain/stock';
import { aStock } from '../../testing/stock.factory';
import { startWallet, tally, type WalletFixture } from '../../testing/wallet.fixture';

// Goal: limits follow the natural person through joins and their undoing: never two for one, and nothing stays taken that was not.

const PATIENT = { timeoutMs: 60_000 };
/** Sequences tried against the model; PERSON_RUNS=200 for the long run. */
const RUNS = Number(process.env['PERSON_RUNS'] ?? 5);
let wallet: WalletFixture;
let replica: WalletFixture;
let serial = 0;
const versions = new Map<string, number>();

beforeAll(async () => {
  wallet = await startWallet();
  replica = await startWallet({ clock: wallet.clock, replicaOf: wallet });
});
afterAll(async () => {
  await replica?.service.stop();
  await wallet?.service.stop();
});

const open = async (overrides: Partial<Stock> = {}): Promise<string> => {
  const stockId = `person-${(serial += 1)}`;
  const stock = aStock({ stockId, perCustomerLimit: 0, naturalPersonLimit: 1, totalLimit: 500, ...overrides });
  await wallet.benefits.createStock({ requestId: stockId, stock: { ...stock, claimedCount: 0 } });
  return stockId;
};
const claim = (stockId: string, customerId: string, at = wallet) =>
  at.benefits.claimBenefit({ requestId: `r-${(serial += 1)}`, stockId, customerId, decisionId: '' });
const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: DomainError) => error.reason,
  );
const outcomesOf = async (stockId: string, ...customerIds: string[]): Promise<string[]> => {
  const outcomes: string[] = [];
  for (const customerId of customerIds) outcomes.push(await outcomeOf(claim(stockId, customerId)));
  return outcomes;
};
const tell = (customerIds: string[], personKey: string, version: number): Promise<void> =>
  wallet.service.publish(PersonsChanged, personKey, [
    { profiles: customerIds.map((customerId) => ({ customerId, personKey, version })) },
  ]);
const isKnown = async (customerIds: string[], personKey: string): Promise<void> => {
  const links = wallet.service.mongo.connection.collection<{ _id: string; personKey?: string }>('person_links');
  const known = await links.find({ _id: { $in: customerIds } }).toArray();
  expect(known.filter((each) => each.personKey === personKey)).toHaveLength(customerIds.length);
};
/** As a join, or its undoing, tells it; returns when the wallet has heard. */
const move = async (customerIds: string[], personKey: string): Promise<void> => {
  const version = 1 + Math.max(0, ...customerIds.map((customerId) => versions.get(customerId) ?? 0));
  for (const customerId of customerIds) versions.set(customerId, version);
  await tell(customerIds, personKey, version);
  await eventually(() => isKnown(customerIds, personKey), PATIENT);
};

it('counts for the one what the other took before they were joined, and no longer when the join is undone', async () => {
  const stockId = await open();
  expect(await outcomesOf(stockId, 'bea')).toEqual(['done']);
  await move(['ada', 'bea'], 'key-ada');
  expect(await outcomesOf(stockId, 'ada', 'bea')).toEqual(['PERSON_LIMIT_REACHED', 'PERSON_LIMIT_REACHED']);
  await move(['bea'], 'key-bea');
  expect(await outcomesOf(stockId, 'ada', 'ada', 'bea')).toEqual([
    'done',
    'PERSON_LIMIT_REACHED',
    'PERSON_LIMIT_REACHED',
  ]);
});

it('leaves what was taken during the join with the profile that took it, also by gift and when the bank takes it back', async () => {
  const stockId = await open({ naturalPersonLimit: 2 });
  await move(['cai', 'dan'], 'key-cai');
  expect(await outcomesOf(stockId, 'dan', 'cai', 'dan')).toEqual(['done', 'done', 'PERSON_LIMIT_REACHED']);
  await move(['dan'], 'key-dan');
  expect(await outcomesOf(stockId, 'cai', 'cai')).toEqual(['done', 'PERSON_LIMIT_REACHED']);
  await move(['dan'], 'key-cai');
  const { instance } = await claim(stockId, 'giver');
  const pass = { requestId: 'pass', instanceId: instance!.instanceId, customerId: 'giver', toCustomerId: 'dan' };
  expect(await outcomeOf(wallet.benefits.transferBenefit(pass))).toBe('PERSON_LIMIT_REACHED');
  const page = { customerId: 'cai', state: '', group: '', pageSize: 10, pageToken: '' };
  const { instances } = await wallet.benefits.listWallet(page);
  for (const { instanceId } of instances) {
    await wallet.benefits.voidInstance({ requestId: instanceId, instanceId, reason: 'a mistake' });
  }
  expect(await outcomeOf(wallet.benefits.transferBenefit(pass))).toBe('done');
});

it('never lets a person who is joined meanwhile take more than a limit in all, on two replicas and all shards', async () => {
  const stockId = await open({ naturalPersonLimit: 3, shardCount: 8 });
  const ids = Array.from({ length: 6 }, (_, index) => `rush-${index}`);
  const calls = ids.flatMap((customerId) =>
    [wallet, replica].map((at) => persistently(() => claim(stockId, customerId, at))),
  );
  const joined = move(ids, 'key-rush');
  const before = await tally(calls);
  await joined;
  // Those who were alone when they claimed kept it; whoever was of the person counted all.
  const { claimedCount } = (await wallet.benefits.getStock({ stockId })).stock!;
  expect(before['done'] ?? 0).toBe(claimedCount);
  expect(claimedCount).toBeGreaterThanOrEqual(3);
  expect(await outcomesOf(stockId, ...ids)).toEqual(ids.map(() => 'PERSON_LIMIT_REACHED'));

  const late = await open({ naturalPersonLimit: 3, shardCount: 8 });
  const rush = ids.flatMap((customerId) =>
    [wallet, replica].map((at) => persistently(() => claim(late, customerId, at))),
  );
  expect(await tally(rush)).toEqual({ done: 3, PERSON_LIMIT_REACHED: 9 });
});

it('agrees with a model, whatever is claimed, joined, undone, told twice and told late', async () => {
  const profile = fc.nat(3);
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('claim' as const), profile }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), profile, key: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), profile, back: fc.nat(5) }) },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 6, maxLength: 14 }),
      fc.integer({ min: 1, max: 3 }),
      async (steps, limit) => {
        const stockId = await open({ naturalPersonLimit: limit });
        const ids = [0, 1, 2, 3].map((index) => `${stockId}-${index}`);
        const keys = [...ids];
        const taken = [0, 0, 0, 0];
        const toldKeys: string[][] = [[], [], [], []];
        for (const each of steps) {
          const id = ids[each.profile]!;
          if (each.do === 'move') {
            const key = ids[each.key]!;
            keys[each.profile] = key;
            toldKeys[each.profile]!.push(key);
            await move([id], key);
          } else if (each.do === 'repeat') {
            // An old word comes again, or only now: it changes nothing.
            const at = Math.max(0, toldKeys[each.profile]!.length - 1 - each.back);
            const old = toldKeys[each.profile]![at];
            if (old !== undefined) await tell([id], old, at + 1);
          } else {
            const ofPerson = keys.flatMap((key, index) => (key === keys[each.profile] ? [taken[index]!] : []));
            const isFree = ofPerson.reduce((sum, count) => sum + count, 0) < limit;
            expect(await outcomeOf(claim(stockId, id))).toBe(isFree ? 'done' : 'PERSON_LIMIT_REACHED');
            if (isFree) taken[each.profile]! += 1;
          }
        }
      },
    ),
    { numRuns: RUNS, seed: 20_260_302 },
  );
}, 300_000);
