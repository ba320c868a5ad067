import { BenefitsServiceService, type ClaimBenefitRequest } from '@tidegate/contracts/benefits/v1/benefits';
import { ReviewServiceService } from '@tidegate/contracts/review/v1/review';
import { setTimeout as delay } from 'node:timers/promises';
import { startEcho } from '../echo';
import { load, median, percentile } from '../load';
import { NaiveDatabase } from '../naive';
import { byRatio, type BenchRow } from '../row';
import type { BenchStack } from '../stack';
import { openStock } from './bench-stock';

const IN_FLIGHT = 256;
const CLAIMS = 12_000;
const ROUNDS = 3;
const NAIVE_CLAIMS = 300;
const LONE_CLAIMS = 600;
const LONE_TURN = 20;

/** Durable claims on one stock through the real gRPC service, beside a bare echo and a naive transaction per claim. */
export async function flashSale(stack: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> {
  const benefits = await stack.client('benefits', BenefitsServiceService);
  const echo = await startEcho();
  const naive = await NaiveDatabase.connect((await stack.endpoints()).mongodbUri);
  const claims: number[] = [];
  const echoes: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const stockId = await openStock(benefits, `flash-${round}`, { totalLimit: CLAIMS });
    echoes.push(
      (await load(CLAIMS, IN_FLIGHT, (index) => echo.client.claimBenefit(request(stockId, index)))).perSecond,
    );
    const result = await load(CLAIMS, IN_FLIGHT, (index) => benefits.claimBenefit(request(stockId, index)));
    claims.push(result.perSecond);
    await requireExact(stack, stockId, CLAIMS);
    await settled(stack, stockId, CLAIMS);
    tell(
      `flash-sale round ${round + 1}: ${result.perSecond.toFixed(0)}/s, p99 ${percentile(result.latenciesMs, 0.99).toFixed(0)} ms`,
    );
  }
  const naiveRate = (await load(NAIVE_CLAIMS, IN_FLIGHT, (index) => naive.claim(`claim-${index}`))).perSecond;
  const lone = await openStock(benefits, 'flash-lone');
  // In turns, so that what disturbs the one disturbs the other.
  const loneClaims = { latenciesMs: [] as number[] };
  const bare = { latenciesMs: [] as number[] };
  for (let turn = 0; turn < LONE_CLAIMS; turn += LONE_TURN) {
    const at = (index: number): number => turn + index;
    const ours = await load(LONE_TURN, 1, (index) => benefits.claimBenefit(request(lone, at(index))));
    const floor = await load(LONE_TURN, 1, (index) => naive.threeDocuments(`lone-${at(index)}`));
    loneClaims.latenciesMs.push(...ours.latenciesMs);
    bare.latenciesMs.push(...floor.latenciesMs);
  }
  for (const { latenciesMs } of [loneClaims, bare]) latenciesMs.sort((a, b) => a - b);
  tell(`lone claim: ${shape(loneClaims.latenciesMs)}; bare transaction: ${shape(bare.latenciesMs)}`);
  echo.stop();
  await naive.close();
  return [
    byRatio('flash-sale: claims against bare grpc-js echo', 'per second', median(claims), median(echoes), '>=', 0.4),
    byRatio('flash-sale: claims against one transaction each', 'per second', median(claims), naiveRate, '>=', 15),
    byRatio(
      'flash-sale: lone claim p99 against a bare three-document transaction',
      'ms',
      percentile(loneClaims.latenciesMs, 0.99),
      percentile(bare.latenciesMs, 0.99),
      '<=',
      3,
    ),
  ];
}

const shape = (latenciesMs: number[]): string =>
  [0.5, 0.9, 0.99, 1].map((share) => `p${share * 100} ${percentile(latenciesMs, share).toFixed(1)} ms`).join(', ');

const request = (stockId: string, index: number): ClaimBenefitRequest => ({
  requestId: `${stockId}-${index}`,
  stockId,
  customerId: `customer-${index}`,
  decisionId: '',
});

/** A sale is a burst: what one round set off downstream is not part of the next. */
async function settled(stack: BenchStack, stockId: string, expected: number): Promise<void> {
  const review = await stack.client('review', ReviewServiceService);
  for (let tries = 0; tries < 600; tries += 1) {
    if ((await review.getBenefitReport({ stockId })).claimed === expected) return delay(2_000);
    await delay(200);
  }
  throw new Error(`flash-sale: review did not count the claims of ${stockId}`);
}

/** Nothing oversold, nothing twice, the ledger balanced: a fast wrong answer is not a figure. */
async function requireExact(stack: BenchStack, stockId: string, expected: number): Promise<void> {
  const benefits = await stack.client('benefits', BenefitsServiceService);
  const { stock } = await benefits.getStock({ stockId });
  const { trialBalanceMinor } = await benefits.getTrialBalance({ at: undefined });
  if (stock?.claimedCount !== expected || trialBalanceMinor !== 0) {
    throw new Error(
      `flash-sale is not exact: ${stock?.claimedCount} of ${expected}, trial balance ${trialBalanceMinor}`,
    );
  }
}
