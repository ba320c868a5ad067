import { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import { buildDelivery, NOON, secondsAfter } from '../testing/delivery.factory';
import { isDueInInbox } from './inbox-delivery';
import { createMessage } from './message';
import { createReminder, instanceIdOf, laterIdsOf, settleReminder, uselessReason } from './reminder';

const told = BenefitExpiring.fromPartial({
  instanceId: 'i-1',
  stockId: 'tea',
  stockName: 'Tea voucher',
  customerId: 'c-1',
  expiresAt: new Date('2026-03-05T02:00:00Z'),
  leadDays: 3,
  timeZone: 'Asia/Shanghai',
});
const open = { reason: '', queuedUntil: undefined };

it('says until when the benefit holds, in the zone of its stock, under an id that follows from instance and lead time', () => {
  const reminder = createReminder(told, NOON);
  expect(reminder).toMatchObject({ deliveryId: 'msg-expiry-i-1-3', decisionId: '', state: 'pending', channel: 'app' });
  expect(createMessage(reminder, reminder.reminder, NOON)).toMatchObject({
    messageId: 'msg-expiry-i-1-3',
    title: 'Tea voucher expires soon 即将到期',
    body: expect.stringContaining('2026-03-05 10:00'),
  });
});

it('is delivered, stopped with the reason, or waits until the gate opens', () => {
  const reminder = createReminder(told, NOON);
  expect(settleReminder(reminder, open, NOON)).toMatchObject({
    state: 'delivered',
    finishedAt: NOON,
    stoppedReason: '',
  });
  const refused = settleReminder(reminder, { reason: 'CONSENT_MISSING', queuedUntil: undefined }, NOON);
  expect(refused).toMatchObject({ state: 'stopped', finishedAt: NOON, stoppedReason: 'CONSENT_MISSING' });
  const until = secondsAfter(NOON, 60);
  const waiting = settleReminder(reminder, { reason: '', queuedUntil: until }, NOON);
  expect(waiting).toMatchObject({ state: 'pending', queuedUntil: until, finishedAt: undefined });
  expect([NOON, until].map((now) => isDueInInbox(waiting, now))).toEqual([false, true]);
  const late = settleReminder(waiting, open, until);
  expect(late).toMatchObject({ state: 'delivered', queuedUntil: undefined, finishedAt: until });
  expect([late, refused, reminder, buildDelivery()].map((one) => isDueInInbox(one, until))).toEqual(
    new Array(4).fill(false),
  );
});

it('is asked about anew while a frequency limit keeps it back and its benefit has not ended, a bounded number of times', () => {
  let reminder = createReminder(told, NOON);
  let now = NOON;
  let askedCount = 0;
  while (reminder.state === 'pending') {
    now = reminder.queuedUntil ?? now;
    reminder = settleReminder(reminder, { reason: 'CONTACT_LIMIT_CHANNEL', queuedUntil: undefined }, now);
    askedCount += 1;
  }
  expect(reminder).toMatchObject({ state: 'stopped', stoppedReason: 'CONTACT_LIMIT_CHANNEL', queuedUntil: undefined });
  // Told at noon of the second, the benefit ends on the fifth at two: four times a day.
  expect(askedCount).toBe(11);
  expect(now < told.expiresAt!).toBe(true);
  const once = settleReminder(
    createReminder(told, NOON),
    { reason: 'CONTACT_LIMIT_OVERALL', queuedUntil: undefined },
    NOON,
  );
  expect(settleReminder(once, open, once.queuedUntil!)).toMatchObject({ state: 'delivered', queuedUntil: undefined });
});

it('is of no use once its benefit is gone, or a later reminder of it was told', () => {
  const reminder = createReminder({ ...told, instanceId: 'i-1-7' }, NOON);
  expect(instanceIdOf(reminder)).toBe('i-1-7');
  expect(laterIdsOf(reminder)).toEqual(['msg-expiry-i-1-7-1', 'msg-expiry-i-1-7-2']);
  expect(laterIdsOf(createReminder({ ...told, leadDays: 1 }, NOON))).toEqual([]);
  const usable = new Set(['i-1-7']);
  expect(uselessReason(reminder, usable, new Set(['msg-expiry-i-1-7-3', 'msg-expiry-i-1-1']))).toBeUndefined();
  expect(uselessReason(reminder, usable, new Set(['msg-expiry-i-1-7-1']))).toBe('REMINDED_LATER');
  expect(uselessReason(reminder, new Set(['i-1']), new Set())).toBe('BENEFIT_GONE');
});
