import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is there. @throws Error that names what was waited for, with the last word about it */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<{ isThere: true; value: T } | { isThere: false; state: string }>,
  { timeoutMs = 120_000, everyMs = 100 } = {},
): Promise<T> {
  const endsAt = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer.isThere) return answer.value;
    if (Date.now() > endsAt) throw new Error(`${what}: not there after ${timeoutMs / 1000} s (${answer.state})`);
    await sleep(everyMs);
  }
}
