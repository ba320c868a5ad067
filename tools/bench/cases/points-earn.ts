import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { PointsServiceService, type CardTransaction, type PointsRule } from '@tidegate/contracts/benefits/v1/points';
import type { mongo } from 'mongoose';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient, type Client } from '../../../libs/grpc/src/index';
import { asActor, headOffice } from '../../../libs/testing/src/index';
import { load, median, percentile, type LoadResult } from '../load';
import { byRatio, type BenchRow } from '../row';
import { onServices, type BenchStack } from '../stack';

const CUSTOMERS = 5_000;
const TRANSACTIONS = 12_800;
const ROUNDS = 7;
const LONE_CALLS = 4_000;
const NAIVE_TRANSACTIONS = 800;
/** Transactions under way at once. */
const IN_FLIGHT = [64, 512];
const PER_CALL = 64;
/** Of each before it is measured: what is compiled, and what is not in the database's memory yet, is no part of the figure. */
const WARM_UP_CALLS = 200;

type PointsClient = Client<typeof PointsServiceService>;

/**
 * Points earned through the real gRPC service, told by packets of 64 as a card system does, beside one naive transaction each: the same
 * reads and writes for one card transaction, with the bare driver, on the same database.
 */
export const pointsEarn = (_: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> =>
  onServices(['benefits'], tell, (stack) => measure(stack, tell));

async function measure(stack: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> {
  const points = await stack.client('benefits', PointsServiceService);
  await activateRule(stack, points);
  const naive = await NaiveEarning.prepare(await stack.bareDatabase());
  const rows: BenchRow[] = [];
  for (const inFlight of IN_FLIGHT) {
    const [ours, naives]: [number[], number[]] = [[], []];
    requireWhole(
      await load(WARM_UP_CALLS, inFlight / PER_CALL, (index) => points.earnPoints(packet(`warm-${inFlight}`, index))),
    );
    await load(WARM_UP_CALLS, inFlight, (index) => naive.earn(`warm-${inFlight}-${index}`, index));
    // In turn, so that a slower minute of the machine is a slower one for both.
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `${inFlight}-${round}`;
      const call = (index: number) => points.earnPoints(packet(`earn-${name}`, index));
      const result = await load(TRANSACTIONS / PER_CALL, inFlight / PER_CALL, call);
      requireWhole(result);
      ours.push(result.perSecond * PER_CALL);
      const bare = await load(NAIVE_TRANSACTIONS, inFlight, (index) => naive.earn(`${name}-${index}`, index));
      naives.push(bare.perSecond);
      tell(`points-earn ${inFlight} in flight, round ${round + 1}: ${ours.at(-1)?.toFixed(0)}/s, ${shape(result)}`);
      tell(`naive transaction each, ${inFlight} in flight: ${bare.perSecond.toFixed(0)}/s, ${shape(bare)}`);
    }
    const lone = await load(LONE_CALLS, inFlight, (index) => points.earnPoints(packet(`one-${inFlight}`, index, 1)));
    tell(`one transaction a call, ${inFlight} in flight: ${lone.perSecond.toFixed(0)}/s, ${shape(lone)}`);
    const title = `points-earn: transactions against one naive transaction each, ${inFlight} in flight`;
    rows.push(byRatio(title, 'per second', median(ours), median(naives), '>=', 10));
  }
  await requireExact(stack, points);
  return rows;
}

const shape = ({ latenciesMs }: LoadResult): string =>
  [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${percentile(latenciesMs, share).toFixed(1)} ms`).join(', ');

const customerOf = (index: number): string => `points-customer-${(index * 7) % CUSTOMERS}`;

const transaction = (name: string, index: number): CardTransaction => ({
  transactionId: `${name}-${index}`,
  customerId: customerOf(index),
  amountMinor: 10_000,
  currency: 'CNY',
  operation: 'card_payment',
  channel: 'pos',
  occurredAt: new Date(),
});

const packet = (name: string, call: number, size = PER_CALL) => ({
  requestId: `${name}-${call}`,
  transactions: Array.from({ length: size }, (_, index) => transaction(name, call * size + index)),
});

/** A rule with every kind of cap, approved by somebody else than its maker. */
async function activateRule(stack: BenchStack, maker: PointsClient): Promise<void> {
  const definition = {
    definitionId: 'bench-points',
    name: 'Bench points',
    orgPath: 'hq',
    validFrom: new Date(Date.now() - 86_400_000),
    validTo: new Date(Date.now() + 86_400_000),
    state: '',
    makerId: '',
    checkerId: '',
    createdAt: undefined,
  };
  const caps = { pointsMaxPerTransaction: 1_000, pointsMaxPerDay: 1_000_000, pointsMaxPerMonth: 10_000_000 };
  const rule: PointsRule = {
    definition,
    terms: {
      ...caps,
      currency: 'CNY',
      operations: ['card_payment'],
      channels: [],
      amountMinorMin: 0,
      stepAmountMinor: 100,
      pointsPerStep: 1,
      validMonths: 12,
      timeZone: 'Asia/Shanghai',
    },
  };
  await maker.createPointsRule({ requestId: 'bench-points', rule });
  const url = (await stack.endpoints()).services.find(({ name }) => name === 'benefits')?.grpcUrl ?? '';
  const client = createClient(PointsServiceService, url, { deadlineMs: 10_000 });
  const checker = asActor<typeof PointsServiceService>(client, { ...headOffice, id: 'staff-checker' });
  await checker.movePointsRule({ requestId: 'bench-points', definitionId: 'bench-points', move: 'approve' });
  client.close();
  // Rules are held in memory for a second.
  await delay(1_500);
}

function requireWhole({ failedByReason }: LoadResult): void {
  if (Object.keys(failedByReason).length > 0) {
    throw new Error(`points-earn: calls failed: ${JSON.stringify(failedByReason)}`);
  }
}

/** Every transaction earned its hundred points, once, and the ledger says the same: a fast wrong answer is not a figure. */
async function requireExact(stack: BenchStack, points: PointsClient): Promise<void> {
  const benefits = await stack.client('benefits', BenefitsServiceService);
  const expected = 100 * IN_FLIGHT.length * (WARM_UP_CALLS * PER_CALL + ROUNDS * TRANSACTIONS + LONE_CALLS);
  const balances = await Promise.all(
    Array.from({ length: CUSTOMERS }, (_, index) => points.getPointsBalance({ customerId: customerOf(index) })),
  );
  const held = balances.reduce((sum, balance) => sum + balance.points, 0);
  const { accounts, trialBalanceMinor } = await benefits.getTrialBalance({ at: undefined });
  const posted = accounts.find(({ account, currency }) => account === 'points' && currency === 'PTS')?.creditMinor;
  if (held !== expected || posted !== expected || trialBalanceMinor !== 0) {
    throw new Error(`points-earn is not exact: ${held} held, ${posted} posted, ${expected} expected`);
  }
}

type Documents = { _id: string } & Record<string, unknown>;

/** One transaction for each card transaction, as anybody would write it with the bare driver. */
class NaiveEarning {
  private constructor(private readonly db: mongo.Db) {}

  static async prepare(db: mongo.Db): Promise<NaiveEarning> {
    const accounts = Array.from({ length: CUSTOMERS }, (_, index) => ({ _id: customerOf(index), points: 0, day: 0 }));
    await db.collection<Documents>('points_accounts').insertMany(accounts);
    const linkKeys = [{ key: { personKey: 1 } }, { key: { personId: 1 } }] as const;
    await db.collection('points_persons').createIndexes([...linkKeys]);
    for (const name of ['points_entries', 'points_ledger', 'points_events']) await db.createCollection(name);
    await db.collection('points_entries').createIndexes([{ key: { customerId: 1, bookedAt: -1, _id: -1 } }]);
    await db.collection('points_ledger').createIndexes([{ key: { account: 1, postedAt: 1, _id: 1 } }]);
    return new NaiveEarning(db);
  }

  async earn(_id: string, index: number): Promise<void> {
    const customerId = customerOf(index);
    const of = (name: string) => this.db.collection<Documents>(name);
    const at = new Date();
    await this.db.client.withSession((session) =>
      session.withTransaction(async () => {
        if (await of('points_entries').findOne({ _id }, { session })) return;
        const account = await of('points_accounts').findOne({ _id: customerId }, { session });
        // Caps are the natural person's.
        for (const field of ['_id', 'personKey', 'personId']) {
          await of('points_persons')
            .find({ [field]: customerId }, { session })
            .toArray();
        }
        const points = Number(account?.points) + 100;
        const change = { $set: { points, day: Number(account?.day) + 100 } };
        await of('points_accounts').updateOne({ _id: customerId }, change, { session });
        await of('points_entries').insertOne({ _id, customerId, points: 100, bookedAt: at }, { session });
        await of('points_ledger').insertOne({ _id, account: customerId, points: 100, postedAt: at }, { session });
        await of('points_events').insertOne({ _id, customerId, points: 100, at }, { session });
      }),
    );
  }
}
