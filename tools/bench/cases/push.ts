import { byRatio, byValue, type BenchRow } from '../row';
import { runBundled } from '../run-bundled';

const SECONDS_MAX = 120;
const VALUE_MIN = 0.97;
/** Ten times the members may take at most so much longer for each, and so much more memory in all. */
const GROWTH_MAX = 1.25;
const MEMORY_GROWTH_MAX = 1.5;
const SIZES = [100_000, 300_000, 1_000_000];

interface Measured {
  seconds: number;
  pricedSeconds: number;
  scoredSeconds: number;
  rulesSeconds: number;
  peakMb: number;
  value: number;
  bound: number;
  arrival: number;
  chosen: number;
  ranked: number;
  stopped: number;
}
type Tell = (line: string) => void;

const runs = new Map<string, Promise<Measured>>();

/** Plans a push of so many members in a process of its own; the same run serves all cases. */
function run(members: number, tell: Tell, ...flags: string[]): Promise<Measured> {
  const key = [members, ...flags].join(' ');
  let known = runs.get(key);
  if (known === undefined) {
    known = measure(members, tell, flags);
    runs.set(key, known);
  }
  return known;
}

async function measure(members: number, tell: Tell, flags: string[]): Promise<Measured> {
  const one = JSON.parse(await runBundled('push-run', { args: [String(members), ...flags] })) as Measured;
  const parts = [one.pricedSeconds, one.scoredSeconds - one.pricedSeconds, one.seconds - one.scoredSeconds];
  tell(
    `push of ${members.toLocaleString('en')} × 200: ${one.seconds.toFixed(1)} s (prices, rules, allocation: ${parts
      .map((seconds) => seconds.toFixed(1))
      .join(
        ', ',
      )}), ${one.peakMb.toFixed(0)} MB at most; ${one.chosen} chosen of ${one.ranked} ranked, ${one.stopped} stopped`,
  );
  return one;
}

/** CPU time of planning for a million members and 200 actions, every rule asked; beside the compiled rules alone. */
export async function pushTime(_stack: unknown, tell: Tell): Promise<BenchRow[]> {
  const { seconds, rulesSeconds } = await run(1_000_000, tell);
  const name = 'push-time: 1,000,000 × 200 planned, CPU of all threads; floor: its rules alone';
  return [byValue(name, 's', seconds, rulesSeconds, '<=', SECONDS_MAX)];
}

/** Time for each member, and memory, of a million members beside those of a hundred thousand. */
export async function pushGrowth(_stack: unknown, tell: Tell): Promise<BenchRow[]> {
  const measured: Measured[] = [];
  for (const size of SIZES) measured.push(await run(size, tell));
  const [small, , large] = measured;
  if (small === undefined || large === undefined) throw new Error('push-growth: nothing was measured');
  const perMember = (one: Measured, members: number): number => (one.seconds / members) * 1e6;
  return [
    byRatio(
      'push-growth: time of a member among 1,000,000 against 100,000',
      'µs',
      perMember(large, 1_000_000),
      perMember(small, 100_000),
      '<=',
      GROWTH_MAX,
    ),
    byRatio(
      'push-growth: peak memory of 1,000,000 against 100,000',
      'MB',
      large.peakMb,
      small.peakMb,
      '<=',
      MEMORY_GROWTH_MAX,
    ),
  ];
}

/** Value of what was planned against the upper bound of the same run, and of serving in the order of arrival. */
export async function pushValue(_stack: unknown, tell: Tell): Promise<BenchRow[]> {
  const { value, bound, arrival } = await run(100_000, tell, 'arrival');
  tell(`push-value: in the order of arrival ${(arrival / bound).toFixed(3)} of the bound`);
  return [
    byRatio('push-value: value against the Lagrangian upper bound', 'value', value, bound, '>=', VALUE_MIN),
    byRatio('push-value: value against the order of arrival', 'value', value, arrival, '>=', 1),
  ];
}
