import type { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import type { Message } from './message';

/** What the inbox says of a benefit that expires soon 到期提醒; its id follows from instance and lead time, so it is stored once. */
export const expiryMessage = (told: BenefitExpiring, now: Date): Message => ({
  messageId: `msg-expiry-${told.instanceId}-${told.leadDays}`,
  customerId: told.customerId,
  decisionId: '',
  title: `${told.stockName} expires soon 即将到期`,
  body: `Use it before ${localTime(told)}. 请在此之前使用。`,
  benefitStockId: told.stockId,
  state: 'unread',
  deliveredAt: now,
});

/** `YYYY-MM-DD HH:MM` in the benefit's zone. */
const localTime = ({ expiresAt, timeZone }: BenefitExpiring): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(expiresAt);
