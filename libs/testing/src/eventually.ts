import { setTimeout as delay } from 'node:timers/promises';

/** Repeats an expectation until it holds or the time is up; then it fails with the last error. */
export async function eventually<T>(
  expectation: () => Promise<T> | T,
  { timeoutMs = 60_000, everyMs = 20 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await expectation();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(everyMs);
    }
  }
}
