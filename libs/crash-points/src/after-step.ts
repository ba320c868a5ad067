import type { EventEmitter } from 'node:events';

/** What a process has done for good: others can see it, and a crash right after it does not take it back. */
export type DurableStep = 'written' | 'published' | 'applied' | 'answered';

/** False: only a bundle made for crash tests has `armed-after-step` in the place of this file (`tools/build`). */
export const hasCrashPoints: boolean = false;

/** Said right after a durable step of this process. Does nothing here. */
export function afterStep(_step: DurableStep): void {
  // No crash in what is shipped.
}

/** Says `written` after every commit and every write outside a transaction of a database client. Does nothing here. */
export function watchWrites(_client: EventEmitter): void {
  // No crash in what is shipped.
}
