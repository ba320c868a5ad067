import { MerchantsServiceService, type SettlementBatch } from '@tidegate/contracts/merchants/v1/merchants';
import { SettlementServiceService } from '@tidegate/contracts/merchants/v1/settlement';
import type { mongo } from 'mongoose';
import { headOffice } from '../../../libs/testing/src/index';
import { peakResidentBytes } from '../resident-memory';
import { byValue, type BenchRow } from '../row';
import type { BenchStack } from '../stack';

const MERCHANTS = 200;
const REDEMPTIONS = 100_000;
const WARM_UP_REDEMPTIONS = 20_000;
const CHUNK = 5_000;
/** Working days of the past, before those that the service looks back for by itself. */
const WARM_UP_DATES = ['2026-02-25', '2026-02-26', '2026-02-27', '2026-03-02', '2026-03-03', '2026-03-05'];
const DATE = '2026-03-04';
const DAY_MS = 86_400_000;
const DEADLINE = { deadlineMs: 600_000 };
const MIB = 1024 * 1024;
const SECONDS_MAX = 60;
const GROWTH_MIB_MAX = 64;

type Documents = mongo.Collection<{ _id: string } & Record<string, unknown>>;

/**
 * A day of 100,000 redemptions over 200 merchants, prepared and released, beside the bare driver: one aggregation of the same documents
 * and an insert of the batches. Memory is compared with days of a fifth, of which several go first: a fresh process grows to the size of
 * its young generation whatever it does.
 */
export async function settlement(stack: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> {
  const merchants = (await stack.bareDatabase('tidegate_merchants')).collection<{ _id: string }>('merchants');
  await merchants.insertMany(Array.from({ length: MERCHANTS }, (_, index) => aMerchant(index)));
  const redemptions: Documents = (await stack.bareDatabase('tidegate_benefits')).collection('redemptions');
  for (const date of WARM_UP_DATES) await seed(redemptions, date, WARM_UP_REDEMPTIONS);
  await seed(redemptions, DATE, REDEMPTIONS);
  const { services } = await stack.endpoints();
  const pid = services.find(({ name }) => name === 'merchants')?.pid ?? null;

  const small = await peakResidentBytes(pid, async () => {
    for (const date of WARM_UP_DATES) await settle(stack, date);
  });
  let times = { prepareMs: 0, releaseMs: 0 };
  const large = await peakResidentBytes(pid, async () => (times = await settle(stack, DATE)));
  const bareMs = await bare(stack, redemptions);

  const growthMib = Math.max(0, (large - small) / MIB);
  tell(`prepared in ${seconds(times.prepareMs)}, released and posted in ${seconds(times.releaseMs)}`);
  tell(
    `memory of merchants at most ${mib(small)} with days of 20,000 and ${mib(large)} with one of 100,000 redemptions`,
  );
  const ours = (times.prepareMs + times.releaseMs) / 1_000;
  return [
    byValue('settlement: 100,000 redemptions, 200 merchants', 's', ours, bareMs / 1_000, '<=', SECONDS_MAX),
    byValue('settlement: memory, five times the day', 'MiB', growthMib, small / MIB, '<=', GROWTH_MIB_MAX),
  ];
}

async function settle(stack: BenchStack, businessDate: string): Promise<{ prepareMs: number; releaseMs: number }> {
  const maker = await stack.client('merchants', MerchantsServiceService, {
    actor: { ...headOffice, id: 'bench-maker' },
  });
  const checker = await stack.client('merchants', SettlementServiceService, {
    actor: { ...headOffice, id: 'bench-checker' },
  });
  const startedAt = performance.now();
  const run = { requestId: `bench-${businessDate}`, businessDate, isForced: false };
  const { batches } = await maker.runSettlement(run, DEADLINE);
  const preparedAt = performance.now();
  if (batches.length !== MERCHANTS) throw new Error(`settlement: ${batches.length} batches of ${businessDate}`);
  const batchIds = batches.map(({ batchId }) => batchId);
  const released = await checker.releaseSettlement({ requestId: `bench-${businessDate}`, batchIds }, DEADLINE);
  requirePosted(released.batches);
  return { prepareMs: preparedAt - startedAt, releaseMs: performance.now() - preparedAt };
}

function requirePosted(batches: SettlementBatch[]): void {
  const failed = batches.find(({ state, transactionId }) => state !== 'released' || transactionId === '');
  if (failed) throw new Error(`settlement: ${failed.batchId} is ${failed.state}: ${failed.rejectReason}`);
}

/** What anybody would do with the driver alone: sum by merchant, insert the sums. */
async function bare(stack: BenchStack, redemptions: Documents): Promise<number> {
  const batches: Documents = (await stack.bareDatabase()).collection('bare_batches');
  const startedAt = performance.now();
  const from = startOf(DATE);
  const sums = await redemptions
    .aggregate<{ _id: string }>([
      { $match: { redeemedAt: { $gte: from, $lt: new Date(from.getTime() + DAY_MS) } } },
      { $group: { _id: '$merchantId', amountMinor: { $sum: '$amountMinor' }, redemptionCount: { $sum: 1 } } },
    ])
    .toArray();
  await batches.insertMany(sums);
  if (sums.length !== MERCHANTS) throw new Error(`settlement: the bare driver found ${sums.length} merchants`);
  return performance.now() - startedAt;
}

const merchantIdOf = (index: number): string => `bench-${String(index % MERCHANTS).padStart(3, '0')}`;

const aMerchant = (index: number) => ({
  _id: merchantIdOf(index),
  name: `Bench ${index}`,
  orgPath: 'hq',
  state: 'active',
  settlementAccount: `6222${String(index).padStart(12, '0')}`,
  madeBy: 'bench',
  reviewedBy: 'bench',
});

const startOf = (date: string): Date => new Date(`${date}T00:00:00+08:00`);

async function seed(redemptions: Documents, date: string, count: number): Promise<void> {
  const start = startOf(date).getTime();
  for (let offset = 0; offset < count; offset += CHUNK) {
    const documents = Array.from({ length: Math.min(CHUNK, count - offset) }, (_, index) =>
      aRedemption(date, offset + index, new Date(start + ((offset + index) * DAY_MS) / count)),
    );
    await redemptions.insertMany(documents);
  }
}

function aRedemption(date: string, index: number, redeemedAt: Date) {
  const merchantId = merchantIdOf(index);
  return {
    _id: `bench-${date}-${String(index).padStart(6, '0')}`,
    saleId: '',
    instanceId: `bench-${date}-${index}`,
    stockId: 'bench',
    customerId: `bench-${index % 5_000}`,
    merchantId,
    storeId: `${merchantId}-1`,
    clerkId: `${merchantId}-clerk`,
    amountMinor: 1_000,
    heldMinor: 1_000,
    currency: 'CNY',
    shares: [
      { funder: 'bank', partyId: 'hq', amountMinor: 600 },
      { funder: 'merchant', partyId: merchantId, amountMinor: 400 },
    ],
    redeemedAt,
  };
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const mib = (bytes: number): string => `${(bytes / MIB).toFixed(0)} MiB`;
