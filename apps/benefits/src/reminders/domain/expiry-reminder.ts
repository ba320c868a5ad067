import type { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import type { Instance, InstanceState } from '../../domain/instance';
import type { Stock } from '../../domain/stock';

/** Lead times that a stock may choose from: each has its own cursor over what expires. */
export const REMINDER_LEAD_DAYS = [1, 3, 7, 14, 30] as const;
const LEAD_DAYS_DEFAULT = [3];

/** Where value that may be used still is: at a till or on its way it may come back. */
export const REMINDED_STATES: readonly InstanceState[] = ['issued', 'held', 'gifting'];

const DAY_MS = 24 * 3600 * 1000;
/**
 * Who claims so shortly before a lead time, or after it, is not reminded of it: he has just seen the date. It is also longer
 * than a claim takes to commit, so that the cursor never passes one that is about to appear behind it.
 */
const FRESH_MS = 60_000;

/** Up to where reminders of a lead time were told, in the order of expiry and id. */
export interface ReminderCursor {
  leadDays: number;
  expiresAt: Date;
  instanceId: string;
}

/** What expires up to here is to be reminded of by now. */
export const dueUntil = (leadDays: number, now: Date): Date => new Date(now.getTime() + leadDays * DAY_MS);

/** Before the first round nothing of the past is told. */
export const firstCursor = (leadDays: number, now: Date): ReminderCursor => ({
  leadDays,
  expiresAt: dueUntil(leadDays, now),
  instanceId: '',
});

/** Whether a holder is reminded of an instance so many days before its end. */
export function isReminded(
  instance: Pick<Instance, 'expiresAt' | 'claimedAt'>,
  stock: Stock,
  leadDays: number,
): boolean {
  const leads = stock.reminderLeadDays.length > 0 ? stock.reminderLeadDays : LEAD_DAYS_DEFAULT;
  const remindAtMs = instance.expiresAt.getTime() - leadDays * DAY_MS;
  return leads.includes(leadDays) && remindAtMs - instance.claimedAt.getTime() >= FRESH_MS;
}

export const toExpiring = (instance: Instance, stock: Stock, leadDays: number): BenefitExpiring => ({
  instanceId: instance.instanceId,
  stockId: instance.stockId,
  stockName: instance.stockName,
  customerId: instance.customerId,
  kind: instance.kind,
  remainingMinor: instance.remainingMinor,
  currency: instance.currency,
  expiresAt: instance.expiresAt,
  leadDays,
  timeZone: stock.timeZone,
});
