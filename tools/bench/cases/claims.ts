import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../../../libs/grpc/src/index';
import { startEcho } from '../echo';
import { load, median, percentile, type LoadResult } from '../load';
import { byRatio, byValue, type BenchRow } from '../row';
import { onServices, type BenchStack } from '../stack';
import { openStock } from './bench-stock';

const CLAIMS = 12_000;
const LONE = 400;
const IN_FLIGHT = 512;
const ROUNDS = 3;
const PAUSE_MS = 3_000;

type Benefits = Client<typeof BenefitsServiceService>;

/** The benefits service alone with its database: what others make of its events is not the claim. */
const measured = (
  tell: (line: string) => void,
  work: (benefits: Benefits, echo: Benefits) => Promise<BenchRow[]>,
): Promise<BenchRow[]> =>
  onServices(['benefits'], tell, async (stack) => {
    const echo = await startEcho();
    try {
      return await work(await stack.client('benefits', BenefitsServiceService), echo.client);
    } finally {
      echo.stop();
    }
  });

const claimOf = (stockId: string, name: string, index: number) => ({
  requestId: `${name}-${index}`,
  stockId,
  customerId: `${name}-customer-${index}`,
  decisionId: '',
});

/** Durable claims on one hot stock through gRPC, beside a bare echo driven the same way. */
export const claimHot = (_: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> =>
  measured(tell, async (benefits, echo) => {
    const [ours, floor]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      const stockId = await openStock(benefits, `hot-${round}`, { totalLimit: CLAIMS });
      const request = (index: number) => claimOf(stockId, stockId, index);
      floor.push((await load(CLAIMS, IN_FLIGHT, (index) => echo.claimBenefit(request(index)))).perSecond);
      const result = await load(CLAIMS, IN_FLIGHT, (index) => benefits.claimBenefit(request(index)));
      if (result.done !== CLAIMS) throw new Error(`claim-hot: ${JSON.stringify(result.failedByReason)}`);
      ours.push(result.perSecond);
      tell(`claim-hot round ${round + 1}: ${result.perSecond.toFixed(0)}/s, ${shape(result)}`);
      await delay(PAUSE_MS);
    }
    return [
      byRatio('claim-hot: durable claims against bare echo', 'per second', median(ours), median(floor), '>=', 0.7),
    ];
  });

/** Refusals after the sell-out, beside a bare echo driven the same way. */
export const claimRefused = (_: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> =>
  measured(tell, async (benefits, echo) => {
    const stockId = await openStock(benefits, 'refused', { totalLimit: 1 });
    await benefits.claimBenefit(claimOf(stockId, 'winner', 0));
    const [ours, floor]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      const request = (index: number) => claimOf(stockId, `late-${round}`, index);
      floor.push((await load(CLAIMS, IN_FLIGHT, (index) => echo.claimBenefit(request(index)))).perSecond);
      const result = await load(CLAIMS, IN_FLIGHT, (index) => benefits.claimBenefit(request(index)));
      if (result.failedByReason['STOCK_SOLD_OUT'] !== CLAIMS) throw new Error('claim-refused: not all were refused');
      ours.push(result.perSecond);
      tell(`claim-refused round ${round + 1}: ${result.perSecond.toFixed(0)}/s, ${shape(result)}`);
    }
    return [
      byRatio('claim-refused: refusals against bare echo', 'per second', median(ours), median(floor), '>=', 0.85),
    ];
  });

/** One claim at a time. */
export const claimLone = (_: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> =>
  measured(tell, async (benefits, echo) => {
    const stockId = await openStock(benefits, 'lone');
    await load(LONE, 1, (index) => benefits.claimBenefit(claimOf(stockId, 'warm', index)));
    const lone = await load(LONE, 1, (index) => benefits.claimBenefit(claimOf(stockId, 'lone', index)));
    const bare = await load(LONE, 1, (index) => echo.claimBenefit(claimOf(stockId, 'echo', index)));
    tell(`claim-lone: ${shape(lone)}; echo ${shape(bare)}`);
    const [ours, floor] = [percentile(lone.latenciesMs, 0.99), percentile(bare.latenciesMs, 0.99)];
    return [byValue('claim-lone: p99 beside a bare echo', 'ms', ours, floor, '<=', 15)];
  });

export const shape = ({ latenciesMs }: LoadResult): string =>
  [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${percentile(latenciesMs, share).toFixed(1)} ms`).join(', ');
