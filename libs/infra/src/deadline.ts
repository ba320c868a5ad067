/** Thrown by {@link pollUntil} when time ran out; `cause` is the last failure of the probe. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** Pauses without keeping the event loop busy. */
export const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));

/** Repeats `probe` until it returns without throwing. `giveUp` may throw to end early (e.g. the server has died). */
export async function pollUntil<T>(
  probe: () => Promise<T>,
  options: { deadlineMs: number; intervalMs?: number; giveUp?: () => void },
): Promise<T> {
  const endsAt = Date.now() + options.deadlineMs;
  for (;;) {
    options.giveUp?.();
    try {
      return await probe();
    } catch (cause) {
      options.giveUp?.();
      if (Date.now() >= endsAt) throw new DeadlineError(`gave up after ${options.deadlineMs} ms`, { cause });
    }
    await pause(options.intervalMs ?? 50);
  }
}
