/** What a load came to. */
export interface LoadResult {
  /** Calls that ended, well or not, per second. */
  perSecond: number;
  done: number;
  failedByReason: Record<string, number>;
  /** Sorted, milliseconds. */
  latenciesMs: number[];
}

/** Keeps `inFlight` calls under way until `count` have ended. */
export async function load(
  count: number,
  inFlight: number,
  call: (index: number) => Promise<unknown>,
): Promise<LoadResult> {
  const latenciesMs: number[] = [];
  const failedByReason: Record<string, number> = {};
  let next = 0;
  let done = 0;
  const startedAt = performance.now();
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const callAt = performance.now();
      try {
        await call(index);
        done += 1;
      } catch (error) {
        const reason = (error as { reason?: string }).reason ?? String(error);
        failedByReason[reason] = (failedByReason[reason] ?? 0) + 1;
      }
      latenciesMs.push(performance.now() - callAt);
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, count) }, lane));
  const seconds = (performance.now() - startedAt) / 1000;
  return { perSecond: count / seconds, done, failedByReason, latenciesMs: latenciesMs.sort((a, b) => a - b) };
}

/** Begins calls at an even rate, whether or not those before have ended: latencies count from when a call was due. */
export async function pacedLoad(
  count: number,
  perSecond: number,
  call: (index: number) => Promise<unknown>,
): Promise<Pick<LoadResult, 'latenciesMs'>> {
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const underWay: Promise<unknown>[] = [];
  for (let index = 0; index < count;) {
    const dueCount = Math.min(count, Math.floor(((performance.now() - startedAt) / 1000) * perSecond) + 1);
    for (; index < dueCount; index += 1) {
      const dueAt = startedAt + (index / perSecond) * 1000;
      underWay.push(call(index).finally(() => latenciesMs.push(performance.now() - dueAt)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underWay);
  return { latenciesMs: latenciesMs.sort((a, b) => a - b) };
}

/** Nearest-rank percentile of sorted values. */
export const percentile = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;

export const median = (values: number[]): number =>
  percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
