import { issueInstance } from '../../domain/instance';
import { aStock } from '../../testing/stock.factory';
import { isReminded } from './expiry-reminder';

const NOW = new Date('2026-03-02T02:00:00Z');
const DAY_SECONDS = 24 * 3600;

it.each([
  // An empty list means 3 days.
  [[], 7 * DAY_SECONDS, 3, true],
  [[], 7 * DAY_SECONDS, 1, false],
  [[1, 7], 30 * DAY_SECONDS, 7, true],
  [[1, 7], 30 * DAY_SECONDS, 3, false],
  // Claimed within the lead time, or a moment before it.
  [[3], 2 * DAY_SECONDS, 3, false],
  [[3], 3 * DAY_SECONDS + 59, 3, false],
  [[3], 3 * DAY_SECONDS + 60, 3, true],
])('of lead times %j a benefit of %i s has one at %i days: %s', (reminderLeadDays, validForSeconds, lead, expected) => {
  const stock = aStock({ reminderLeadDays, validForSeconds });
  const instance = issueInstance(stock, { instanceId: 'i', customerId: 'c', requestId: 'r', now: NOW });
  expect(isReminded(instance, stock, lead)).toBe(expected);
});
