import { median, type LoadResult } from '../load';
import { byRatio, type BenchRow } from '../row';
import { runBundled } from '../run-bundled';
import { onServices, type BenchStack } from '../stack';
import { shape } from './claims';
import type { MoveLine } from './transfer-redeem-run';

const BARE_RATIO_MIN = 1;
const RECIPE_RATIO_MIN = 5;

/** A benefit passed from one wallet to another, beside a bare three-document transaction and medici's recipe. */
export const transfer = (_: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> => moves('transfer', tell);

/** A benefit redeemed in one step at a till, beside the same floors. */
export const redeem = (_: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> => moves('redeem', tell);

/** Use cases are called as the floors are: in the process that measures, each with as many under way. */
const moves = (title: string, tell: (line: string) => void): Promise<BenchRow[]> =>
  onServices(['benefits'], tell, async (stack) => {
    const { mongodbUri, natsUrl } = await stack.endpoints();
    const env = { MONGODB_URI: mongodbUri, NATS_URL: natsUrl };
    const stdout = await runBundled('transfer-redeem-run', { args: [title], env });
    const lines = stdout.split('\n').filter((line) => line.startsWith('{"what"'));
    return rowsOf(
      title,
      lines.map((line) => JSON.parse(line) as MoveLine),
      tell,
    );
  });

function rowsOf(title: string, lines: MoveLine[], tell: (line: string) => void): BenchRow[] {
  for (const { what, inFlight, result } of lines) {
    const { perSecond } = whole(result);
    tell(`${title}, ${inFlight} in flight, ${what}: ${perSecond.toFixed(0)}/s, ${shape(result)}`);
  }
  return [...new Set(lines.map(({ inFlight }) => inFlight))].flatMap((inFlight) => {
    const rateOf = (what: MoveLine['what']): number =>
      median(
        lines.filter((line) => line.what === what && line.inFlight === inFlight).map(({ result }) => result.perSecond),
      );
    const against = (floor: string): string => `${title}: against ${floor}, ${inFlight} in flight`;
    const ours = rateOf('ours');
    return [
      byRatio(against('a bare three-document transaction'), 'per second', ours, rateOf('bare'), '>=', BARE_RATIO_MIN),
      byRatio(against("medici's recipe"), 'per second', ours, rateOf('recipe'), '>=', RECIPE_RATIO_MIN),
    ];
  });
}

function whole(result: LoadResult): LoadResult {
  const failed = Object.keys(result.failedByReason)[0];
  if (failed) throw new Error(`a move failed: ${JSON.stringify(result.failedByReason)}`);
  return result;
}
