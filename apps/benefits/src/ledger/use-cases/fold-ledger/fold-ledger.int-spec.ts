import { moveValue, type LedgerTransaction, type Posting } from '../../../domain/ledger';
import { LedgerRepository } from '../../../repositories/ledger.repository';
import { startWallet, type WalletFixture } from '../../../testing/wallet.fixture';
import { balanceOf, LedgerTotals } from '../../domain/totals';
import { CheckpointRepository } from '../../repositories/checkpoint.repository';
import { FoldLedgerUseCase } from './fold-ledger.use-case';

// Goal: a balance, of now or of a past time, is what its postings add up to, wherever the checkpoints lie and whoever made them.

const HOUR_MS = 3600_000;
const ACCOUNTS = ['budget_bank:hq', 'customer:ann', 'held:ann', 'payable:m-1', 'payable:m-2', 'cost_bank:hq'];

let replicas: [WalletFixture, WalletFixture];
let posted: LedgerTransaction[] = [];
beforeAll(async () => {
  const first = await startWallet();
  replicas = [first, await startWallet({ clock: first.clock, replicaOf: first })];
});
afterAll(async () => {
  for (const { service } of [...(replicas ?? [])].reverse()) await service.stop();
});

const collection = () => replicas[0].service.mongo.connection.collection('ledger');
const foldAtOnce = () =>
  Promise.all(replicas.map(({ service }) => service.app.get(FoldLedgerUseCase).execute())).then(
    ([one, other]) => one! + other!,
  );

/** Some transactions of an hour, of all kinds; several in the same millisecond. */
function someTransactions(hour: number): LedgerTransaction[] {
  const start = replicas[0].clock.now().getTime();
  return Array.from({ length: 40 }, (_, index) => {
    const from = ACCOUNTS[(index + hour) % ACCOUNTS.length]!;
    const to = ACCOUNTS[(index * 5 + hour + 1) % ACCOUNTS.length]!;
    const kind = (['claim', 'adjustment', 'redemption', 'settlement'] as const)[index % 4]!;
    const about = {
      transactionId: `${kind}-${hour}-${index}`,
      kind,
      reference: 'r',
      postedAt: new Date(start + Math.floor(index / 3)),
    };
    return moveValue(about, { from, to, amountMinor: 1 + index + hour, currency: index % 7 === 0 ? 'USD' : 'CNY' });
  });
}

async function post(transactions: LedgerTransaction[]): Promise<void> {
  const { service } = replicas[0];
  await service.mongo.transaction((tx) => service.app.get(LedgerRepository).addMany(transactions, tx));
  posted = [...posted, ...transactions];
}

const sumOf = (account: string, at?: Date): number =>
  posted
    .filter(({ postedAt }) => !at || postedAt <= at)
    .flatMap(({ postings }) => postings)
    .filter((posting: Posting) => posting.account === account && posting.currency === 'CNY')
    .reduce((sum, { side, amountMinor }) => sum + (side === 'debit' ? amountMinor : -amountMinor), 0);

/** Every balance and the trial balance at a time, against what was posted. */
async function expectExact(at?: Date): Promise<void> {
  const { benefits } = replicas[1];
  const sums = new LedgerTotals();
  for (const { postings } of posted.filter(({ postedAt }) => !at || postedAt <= at)) sums.add(postings);
  const trial = await benefits.getTrialBalance({ at });
  expect(trial).toMatchObject({ trialBalanceMinor: 0, postingCount: sums.postingCount });
  expect(trial.accounts).toEqual(sums.byClass().map(balanceOf));
  for (const account of ACCOUNTS) {
    const { balance } = await benefits.getAccountBalance({ account, currency: 'CNY', at });
    expect([account, balance!.debitMinor - balance!.creditMinor]).toEqual([account, sumOf(account, at)]);
  }
}

it('sums the same with checkpoints as without, now and at any past time, whichever replica folds', async () => {
  const { clock } = replicas[0];
  // What an earlier version stored, under plain ids.
  const old = someTransactions(0).filter(({ kind }) => kind === 'claim');
  await collection().insertMany(
    old.map(({ transactionId, ...fields }) => ({ _id: transactionId, ...fields })) as never[],
  );
  posted = [...old];
  await expectExact();
  const times: Date[] = [];
  for (let hour = 1; hour <= 4; hour += 1) {
    clock.advance(HOUR_MS + 60_000);
    await post(someTransactions(hour));
    times.push(clock.now(), new Date(clock.now().getTime() + 5));
    await foldAtOnce();
    await expectExact();
  }
  clock.advance(HOUR_MS);
  await foldAtOnce();
  expect(await foldAtOnce()).toBe(0);
  const checkpoints = await replicas[0].service.mongo.connection.collection('ledger_checkpoints').find().toArray();
  expect(checkpoints.length).toBeGreaterThanOrEqual(4);
  for (const at of [undefined, new Date(0), ...times]) await expectExact(at);
});

it('folds what follows a checkpoint once, also when another replica was quicker or this one has crashed', async () => {
  const checkpoints = replicas[0].service.app.get(CheckpointRepository);
  const last = await checkpoints.findLast();
  const sums = LedgerTotals.from(last);
  const [transaction] = someTransactions(9);
  sums.add(transaction!.postings);
  const upTo = new Date(last!.upTo.getTime() + 1);
  const outcomes = await Promise.all([1, 2, 3].map(() => checkpoints.follow(last, sums, upTo)));
  expect(outcomes.filter(Boolean)).toHaveLength(1);
  expect(await checkpoints.findLast()).toMatchObject({ sequence: last!.sequence + 1, postingCount: sums.postingCount });
});

it('never changes or removes a posting: a correction is a new one', async () => {
  const [{ benefits, claimOne, codeFor, clock }] = replicas;
  const packet = await claimOne('c-immutable');
  const sale = { requestId: 'i', code: '', merchantId: 'm-1', storeId: 's', clerkId: 'k', orderAmountMinor: 800 };
  const items = [{ code: await codeFor(packet, 'c-immutable'), amountMinor: 300 }];
  const { redemptions } = await benefits.redeemByCode({ ...sale, items });
  const before = await collection().find().sort({ _id: 1 }).toArray();
  const [{ redemptionId } = { redemptionId: '' }] = redemptions;
  await benefits.reverseRedemption({
    requestId: 'i',
    redemptionId,
    merchantId: 'm-1',
    storeId: 's-1',
    clerkId: 'k-1',
    isRepeatOnly: false,
    reason: 'wrong',
  });
  await benefits.voidInstance({ requestId: 'i', instanceId: packet, reason: 'granted by mistake' });
  clock.advance(1);
  const after = new Map((await collection().find().toArray()).map((row) => [String(row._id), row]));
  expect(before.map(({ _id }) => after.get(String(_id)))).toEqual(before);
  expect(after.size).toBe(before.length + 2);
});

it('tells and pages one by one what was committed together', async () => {
  const postedAt = replicas[0].clock.now();
  const together = Array.from({ length: 69 }, (_, index) =>
    moveValue(
      { transactionId: `together-${index}`, kind: 'claim', reference: `instance-${index}`, postedAt },
      { from: 'budget_bank:together', to: `customer:t-${index % 2}`, amountMinor: 1 + index, currency: 'CNY' },
    ),
  );
  await post(together);
  const { benefits } = replicas[1];
  for (const account of ['budget_bank:together', 'customer:t-1']) {
    const told = together.flatMap(({ postings, transactionId, reference }) =>
      postings.filter((one) => one.account === account).map((one) => ({ ...one, transactionId, reference, postedAt })),
    );
    for (const pageSize of [3, 8, 100]) {
      const found: { transactionId: string }[] = [];
      let pageToken = '';
      do {
        const page = await benefits.listPostings({ account, pageSize, pageToken, from: undefined, to: undefined });
        expect(page.postings.length).toBeLessThanOrEqual(pageSize);
        found.push(...page.postings);
        pageToken = page.nextPageToken;
      } while (pageToken !== '');
      // Of one moment, so in no order of their own.
      const byId = new Map(found.map((one) => [one.transactionId, one]));
      expect([found.length, byId.size]).toEqual([told.length, told.length]);
      for (const one of told) expect(byId.get(one.transactionId)).toMatchObject(one);
    }
  }
  expect(
    (
      await collection()
        .find({ reference: /^instance-/ })
        .toArray()
    ).length,
  ).toBe(9);
});

it('fills a page of a class of accounts, however much lies between that is of the classes before and after it', async () => {
  const { clock } = replicas[0];
  clock.advance(1);
  const from = clock.now();
  const move = (name: string, accounts: { from: string; to: string }): Promise<void> => {
    clock.advance(1);
    const about = { transactionId: `redemption-${name}`, kind: 'redemption' as const, reference: name };
    return post([moveValue({ ...about, postedAt: clock.now() }, { ...accounts, amountMinor: 1, currency: 'CNY' })]);
  };
  for (let index = 0; index < 5; index += 1) {
    await move(`sale-${index}`, { from: 'customer:pat', to: 'payable:m-1' });
  }
  for (let index = 0; index < 5; index += 1) {
    await move(`hold-${index}`, { from: 'customer:pat', to: 'held:pat' });
  }
  const { benefits } = replicas[1];
  const found: string[] = [];
  const sizes: number[] = [];
  let pageToken = '';
  do {
    const page = await benefits.listPostings({ account: 'held:', pageSize: 3, pageToken, from, to: undefined });
    found.push(...page.postings.map(({ reference }) => reference));
    sizes.push(page.postings.length);
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  expect([found, sizes]).toEqual([
    ['hold-0', 'hold-1', 'hold-2', 'hold-3', 'hold-4'],
    [3, 2],
  ]);
});

it('pages a class of accounts in order of time within a span, whatever key each transaction is stored under', async () => {
  const { clock } = replicas[0];
  clock.advance(1);
  const before = clock.now();
  const kinds = ['claim', 'adjustment', 'redemption', 'settlement'] as const;
  const moves = Array.from({ length: 24 }, (_, index) => {
    const kind = kinds[index % kinds.length]!;
    // Three share a millisecond: those that are stored under their id come first.
    const postedAt = new Date(before.getTime() + Math.floor(index / 3));
    const about = { transactionId: `${kind}-span-${index}`, kind, reference: `span-${index}`, postedAt };
    return moveValue(about, { from: `payable:s-${index % 5}`, to: 'cost_bank:span', amountMinor: 1, currency: 'CNY' });
  });
  await post(moves);
  const from = new Date(before.getTime() + 1);
  const to = new Date(before.getTime() + 7);
  const inSpan = moves.filter(({ postedAt }) => postedAt >= from && postedAt < to);
  const { benefits } = replicas[1];
  for (const pageSize of [1, 2, 5, 100]) {
    const found: { reference: string; postedAt?: Date | undefined }[] = [];
    let pageToken = '';
    do {
      const page = await benefits.listPostings({ account: 'payable:', pageSize, pageToken, from, to });
      expect(page.postings.length).toBeLessThanOrEqual(pageSize);
      found.push(...page.postings);
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    const times = found.map(({ postedAt }) => postedAt!.getTime());
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(found.map(({ reference }) => reference).sort()).toEqual(inSpan.map(({ reference }) => reference).sort());
  }
});

it('takes no more out of the database for a page than it shows, and one of each kind of key', async () => {
  const postedAt = replicas[0].clock.now();
  const moves = Array.from({ length: 40 }, (_, index) => {
    const kind = (['redemption', 'adjustment'] as const)[index % 2]!;
    const about = { transactionId: `${kind}-taken-${index}`, kind, reference: 'r', postedAt };
    return moveValue(about, { from: 'cost_bank:taken', to: 'payable:taken', amountMinor: 1, currency: 'CNY' });
  });
  // One by one: what is posted together is stored as few documents.
  for (const move of moves) await post([move]);
  const kept = collection();
  const find = kept.find.bind(kept);
  let taken: number[] = [];
  const spy = jest.spyOn(kept, 'find').mockImplementation((...query) => {
    const cursor = find(...(query as Parameters<typeof find>));
    const toArray = cursor.toArray.bind(cursor);
    cursor.toArray = async () => {
      const documents = await toArray();
      // What is folded beside asks for no account.
      if (JSON.stringify(query[0]).includes('postings.account')) taken.push(documents.length);
      return documents;
    };
    return cursor;
  });
  const pageSize = 4;
  // A class is read by two kinds of keys, an account by its own.
  for (const [account, readsMax] of [
    ['payable:', 2],
    ['payable:taken', 1],
  ] as const) {
    let [pageToken, pageCount] = ['', 0];
    do {
      taken = [];
      const page = await replicas[0].benefits.listPostings({
        account,
        pageSize,
        pageToken,
        from: undefined,
        to: undefined,
      });
      expect(taken.length).toBeGreaterThan(0);
      expect(taken.length).toBeLessThanOrEqual(readsMax);
      for (const count of taken) expect(count).toBeLessThanOrEqual(pageSize + 1);
      pageToken = page.nextPageToken;
      pageCount += 1;
    } while (pageToken !== '' && pageCount < 5);
    // There was more to take.
    expect([account, pageCount]).toEqual([account, 5]);
  }
  spy.mockRestore();
});
