import type { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import type { Delivery, Reminder } from './delivery';

/** A reminder on its way through the gate. */
export type ReminderDelivery = Delivery & { reminder: Reminder };

/** What the gate says of a reminder. */
export interface GateAnswer {
  /** Empty when nothing speaks against it. */
  reason: string;
  /** Not before then. */
  queuedUntil: Date | undefined;
}

/** Its id follows from instance and lead time, so that it is delivered once. */
export const createReminder = (told: BenefitExpiring, now: Date): ReminderDelivery => ({
  deliveryId: `msg-expiry-${told.instanceId}-${told.leadDays}`,
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

/** A pending reminder after the gate's answer: delivered, stopped with the reason, or pending until the channel opens. */
export function settleReminder<T extends Delivery>(delivery: T, { reason, queuedUntil }: GateAnswer, now: Date): T {
  if (reason === '' && queuedUntil !== undefined) return { ...delivery, queuedUntil };
  const state = reason === '' ? 'delivered' : 'stopped';
  return { ...delivery, state, stoppedReason: reason, queuedUntil: undefined, finishedAt: now };
}

/** `YYYY-MM-DD HH:MM` in the benefit's zone. */
const localTime = ({ expiresAt, timeZone }: BenefitExpiring): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(expiresAt);
