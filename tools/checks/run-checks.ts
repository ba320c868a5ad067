import { performance } from 'node:perf_hooks';
import type { Check, CheckResult } from './check';

/** A check that ended, with the seconds it took. */
export interface Outcome extends CheckResult {
  check: Check;
  seconds: number;
}

/**
 * Runs the checks in the order given, so many at a time, and tells of each as it ends.
 * A check that throws has failed; the others go on.
 */
export async function runChecks(
  checks: readonly Check[],
  concurrency: number,
  onOutcome: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const waiting = [...checks];
  const outcomes: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const startedAt = performance.now();
      const result = await attempt(check);
      const outcome = { ...result, check, seconds: (performance.now() - startedAt) / 1000 };
      outcomes.push(outcome);
      onOutcome(outcome);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return outcomes;
}

async function attempt(check: Check): Promise<CheckResult> {
  try {
    return await check.run();
  } catch (error) {
    return { passed: false, output: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
