import { setTimeout as delay } from 'node:timers/promises';

/** What is waited for long is asked for seldom: a twentieth later at most, and the machine is left to what it waits for. */
const PATIENCE = 20;
const EVERY_MS_MAX = 250;

/** Repeats an expectation until it holds or the time is up; then it fails with the last error. */
export async function eventually<T>(
  expectation: () => Promise<T> | T,
  { timeoutMs = 60_000, everyMs = 20 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const startedAt = Date.now();
  for (;;) {
    try {
      return await expectation();
    } catch (error) {
      const waitedMs = Date.now() - startedAt;
      if (waitedMs > timeoutMs) throw error;
      await delay(Math.max(everyMs, Math.min(waitedMs / PATIENCE, EVERY_MS_MAX)));
    }
  }
}
