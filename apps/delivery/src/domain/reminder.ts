import type { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import { finish, type Delivery, type Reminder } from './delivery';

/** A reminder on its way through the gate. */
export type ReminderDelivery = Delivery & { reminder: Reminder };

/** What the gate says of a reminder. */
export interface GateAnswer {
  /** Empty when nothing speaks against it. */
  reason: string;
  /** Not before then. */
  queuedUntil: Date | undefined;
}

/**
 * What frequency limits keep back is asked about anew after so long, as long as that is before its benefit ends: the shortest window of a limit is
 * a day, so it comes on a later one.
 */
const ASK_AGAIN_MS = 6 * 3_600_000;
/** Which limit, or all in one. */
const LIMIT_REASON = /^CONTACT_LIMIT_/;

const ID = /^msg-expiry-(.+)-(\d+)$/;
const idOf = (instanceId: string, leadDays: number): string => `msg-expiry-${instanceId}-${leadDays}`;

/** Its id follows from instance and lead time, so that it is delivered once. */
export const createReminder = (told: BenefitExpiring, now: Date): ReminderDelivery => ({
  deliveryId: idOf(told.instanceId, told.leadDays),
  decisionId: '',
  customerId: told.customerId,
  channel: 'app',
  state: 'pending',
  endpointId: '',
  orgPath: '',
  payload: '',
  attempts: [],
  createdAt: now,
  finishedAt: undefined,
  dueAt: undefined,
  leaseId: '',
  retractedReason: '',
  reminder: {
    title: `${told.stockName} expires soon 即将到期`,
    body: `Use it before ${localTime(told)}. 请在此之前使用。`,
    benefitStockId: told.stockId,
    expiresAt: told.expiresAt ?? now,
  },
  text: undefined,
  queuedUntil: undefined,
  stoppedReason: '',
});

export const isReminder = (delivery: Delivery): delivery is ReminderDelivery => delivery.reminder !== undefined;

/** The benefit that it reminds of. */
export const instanceIdOf = ({ deliveryId }: ReminderDelivery): string => ID.exec(deliveryId)?.[1] ?? '';

/** Ids of the later reminders of the same benefit, whichever of them there are. */
export function laterIdsOf({ deliveryId }: ReminderDelivery): string[] {
  const [, instanceId = '', leadDays] = ID.exec(deliveryId) ?? [];
  return Array.from({ length: Math.max(0, Number(leadDays ?? 0) - 1) }, (_, index) => idOf(instanceId, index + 1));
}

/**
 * A pending reminder after the gate's answer: delivered, stopped with the reason, or pending until the channel opens, or until it is asked anew
 * whether a frequency limit has room.
 */
export function settleReminder(
  delivery: ReminderDelivery,
  { reason, queuedUntil }: GateAnswer,
  now: Date,
): ReminderDelivery {
  if (reason === '' && queuedUntil !== undefined) return { ...delivery, queuedUntil };
  if (reason === '') return finish(delivery, 'delivered', now);
  const again = new Date(now.getTime() + ASK_AGAIN_MS);
  const isLater = LIMIT_REASON.test(reason) && again < delivery.reminder.expiresAt;
  return isLater ? { ...delivery, queuedUntil: again } : stopReminder(delivery, reason, now);
}

/**
 * Why a reminder that waited is of no use any more: its benefit is used, passed on or taken back, or a later reminder says the same; undefined for
 * one that is.
 */
export function uselessReason(
  delivery: ReminderDelivery,
  usableInstanceIds: ReadonlySet<string>,
  knownIds: ReadonlySet<string>,
): 'BENEFIT_GONE' | 'REMINDED_LATER' | undefined {
  if (!usableInstanceIds.has(instanceIdOf(delivery))) return 'BENEFIT_GONE';
  return laterIdsOf(delivery).some((id) => knownIds.has(id)) ? 'REMINDED_LATER' : undefined;
}

/** Ends a pending reminder that does not go out. */
export const stopReminder = (delivery: ReminderDelivery, reason: string, now: Date): ReminderDelivery => ({
  ...finish(delivery, 'stopped', now),
  stoppedReason: reason,
});

/** `YYYY-MM-DD HH:MM` in the benefit's zone. */
const localTime = ({ expiresAt, timeZone }: BenefitExpiring): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(expiresAt);
