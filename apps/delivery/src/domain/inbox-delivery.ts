import { failUnsent, finish, QUIET_HOURS, retract, type Delivery, type MessageText } from './delivery';
import type { Objection } from './objection';

/** Whether a message of the inbox has waited long enough; it may be asked of any delivery, also twice. */
export const isDueInInbox = (delivery: Delivery, now: Date): boolean =>
  delivery.state === 'pending' && delivery.queuedUntil !== undefined && delivery.queuedUntil <= now;

/**
 * A decision's pending message of the inbox after what speaks against it: delivered, retracted, failed where the policy discards what is wanted
 * in quiet hours, or pending with its text until they end.
 */
export function settleInInbox(
  delivery: Delivery,
  text: MessageText,
  objection: Objection | undefined,
  now: Date,
): Delivery {
  switch (objection?.kind) {
    case undefined:
      return finish(delivery, 'delivered', now);
    case 'retracted':
      return retract(delivery, objection.reason, now) ?? delivery;
    case 'quiet':
      return failUnsent(delivery, QUIET_HOURS, now);
    case 'postponed':
      return { ...delivery, text, dueAt: undefined, queuedUntil: objection.until };
  }
}
