import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { setTimeout as delay } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { moveValue, type LedgerTransaction } from '../../../apps/benefits/src/domain/ledger';
import { ledgerKey } from '../../../apps/benefits/src/repositories/ledger-key';
import { load, median } from '../load';
import { byValue, type BenchRow } from '../row';
import { onServices, type BenchStack } from '../stack';
import { shape } from './claims';

/** Of two postings each. */
const TRANSACTIONS = 500_000;
const CUSTOMERS = 50_000;
const CHUNK = 5_000;
const DAYS = 30;
const DAY_MS = 86_400_000;
const ROUNDS = 5;
const BALANCES = 2_000;
const TRIAL_SECONDS_MAX = 2;
const BALANCE_MS_MAX = 5;
/** Time for the service to fold what was loaded: it does so in the background. */
const FOLD_MS_MAX = 600_000;

type Ledger = mongo.Collection<{ _id: string } & Record<string, unknown>>;

/**
 * The trial balance over a million postings, now and at a past time, and single balances, through gRPC on a service of its own; beside
 * the naive aggregation over all postings on the same database.
 */
export const trialBalance = (_: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> =>
  onServices(['benefits'], tell, (stack) => measure(stack, tell));

async function measure(stack: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> {
  const benefits = await stack.client('benefits', BenefitsServiceService);
  const db = await stack.bareDatabase('tidegate_benefits');
  const ledger: Ledger = db.collection('ledger');
  const firstDay = Date.now() - (DAYS + 1) * DAY_MS;
  const letFold = await keepFromFolding(db);
  await seed(ledger, firstDay);
  await letFold();
  tell(`${TRANSACTIONS * 2} postings loaded`);
  await folded(db);
  tell('folded');

  const middle = new Date(firstDay + (DAYS / 2) * DAY_MS);
  const now = await timed(ROUNDS, async () =>
    requireExact(await benefits.getTrialBalance({ at: undefined }), TRANSACTIONS),
  );
  const past = await timed(ROUNDS, async () =>
    requireExact(await benefits.getTrialBalance({ at: middle }), TRANSACTIONS / 2),
  );
  const at = (index: number): Date | undefined => (index % 2 === 0 ? undefined : middle);
  const balances = await load(BALANCES, 1, (index) =>
    benefits.getAccountBalance({ account: customerOf(index * 7), currency: 'CNY', at: at(index) }),
  );
  if (balances.done !== BALANCES) throw new Error(`balances failed: ${JSON.stringify(balances.failedByReason)}`);
  tell(`one customer's balance, one at a time, now and at a past time: ${shape(balances)}`);
  const naive = await timed(1, () => naiveTrialBalance(ledger));
  const naiveOne = await timed(ROUNDS, () => naiveBalance(ledger, customerOf(7)));
  const [title, seconds] = ['trial-balance: 1,000,000 postings', 1_000];
  return [
    byValue(`${title}, now`, 's', now / seconds, naive / seconds, '<=', TRIAL_SECONDS_MAX),
    byValue(`${title}, at a past time`, 's', past / seconds, naive / seconds, '<=', TRIAL_SECONDS_MAX),
    byValue(
      `${title}, one customer's balance, median`,
      'ms',
      median(balances.latenciesMs),
      naiveOne,
      '<=',
      BALANCE_MS_MAX,
    ),
  ];
}

const customerOf = (index: number): string => `customer:c-${index % CUSTOMERS}`;

/** Claims spread evenly over the days, as the service stores them. */
async function seed(ledger: Ledger, firstDay: number): Promise<void> {
  const gapMs = (DAYS * DAY_MS) / TRANSACTIONS;
  for (let start = 0; start < TRANSACTIONS; start += CHUNK) {
    const rows = Array.from({ length: CHUNK }, (_, offset) =>
      aClaim(start + offset, firstDay + (start + offset) * gapMs),
    );
    await ledger.insertMany(
      rows.map(({ transactionId, ...fields }) => ({ _id: ledgerKey({ transactionId, ...fields }), ...fields })),
    );
  }
}

const aClaim = (index: number, atMs: number): LedgerTransaction =>
  moveValue(
    { transactionId: `claim-${index}`, kind: 'claim', reference: `i-${index}`, postedAt: new Date(atMs) },
    { from: 'budget_bank:hq', to: customerOf(index), amountMinor: 800, currency: 'CNY' },
  );

/** What is loaded lies in the past, where nothing may be posted any more once it was folded. */
async function keepFromFolding(db: mongo.Db): Promise<() => Promise<unknown>> {
  const checkpoints: mongo.Collection<{ _id: number } & Record<string, unknown>> = db.collection('ledger_checkpoints');
  await checkpoints.insertOne({ _id: 0, upTo: new Date(Date.now() + DAY_MS), totals: [], postingCount: 0 });
  return () => checkpoints.deleteOne({ _id: 0 });
}

/** Until all is folded. */
async function folded(db: mongo.Db): Promise<void> {
  const deadline = Date.now() + FOLD_MS_MAX;
  for (;;) {
    const [last] = await db.collection('ledger_checkpoints').find().sort({ _id: -1 }).limit(1).toArray();
    if (last?.postingCount === TRANSACTIONS * 2) return;
    if (Date.now() > deadline) throw new Error(`only ${last?.postingCount ?? 0} postings were folded`);
    await delay(1_000);
  }
}

async function timed(rounds: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return median(times);
}

/** A fast wrong answer is not a figure. */
function requireExact(
  { accounts, trialBalanceMinor, postingCount }: Awaited<ReturnType<TrialBalance>>,
  transactions: number,
): void {
  const promised = accounts.find(({ account }) => account === 'budget_bank')?.debitMinor ?? 0;
  // The middle is a transaction's own time, or beside it.
  if (
    trialBalanceMinor === 0 &&
    Math.abs(postingCount - 2 * transactions) <= 2 &&
    promised === (postingCount / 2) * 800
  )
    return;
  throw new Error(`trial-balance is not exact: ${postingCount} postings, ${promised} promised`);
}

type TrialBalance = (request: { at: Date | undefined }) => Promise<{
  accounts: { account: string; debitMinor: number }[];
  trialBalanceMinor: number;
  postingCount: number;
}>;

const naiveTrialBalance = (ledger: Ledger): Promise<unknown> =>
  ledger
    .aggregate([
      { $unwind: '$postings' },
      {
        $group: {
          _id: { account: '$postings.account', side: '$postings.side', currency: '$postings.currency' },
          amountMinor: { $sum: '$postings.amountMinor' },
        },
      },
    ])
    .toArray();

const naiveBalance = (ledger: Ledger, account: string): Promise<unknown> =>
  ledger
    .aggregate([
      { $match: { 'postings.account': account } },
      { $unwind: '$postings' },
      { $match: { 'postings.account': account } },
      { $group: { _id: '$postings.side', amountMinor: { $sum: '$postings.amountMinor' } } },
    ])
    .toArray();
