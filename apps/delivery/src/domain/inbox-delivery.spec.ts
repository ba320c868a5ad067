import { buildDelivery, NOON, secondsAfter } from '../testing/delivery.factory';
import { isDueInInbox, settleInInbox } from './inbox-delivery';
import { objectionTo } from './objection';

const text = { title: 'A gift', body: 'For you', benefitStockId: '' };
const delivery = buildDelivery({ channel: 'app' });
const until = secondsAfter(NOON, 3_600);

it('is delivered when nothing speaks against it, and else ends or waits with its text', () => {
  const settle = (objection: Parameters<typeof settleInInbox>[2]) => settleInInbox(delivery, text, objection, NOON);
  const ended = { finishedAt: NOON, dueAt: undefined, queuedUntil: undefined };
  expect(settle(undefined)).toMatchObject({ ...ended, state: 'delivered', attempts: [] });
  expect(settle({ kind: 'retracted', reason: 'COMPLAINT_HOLD' })).toMatchObject({
    ...ended,
    state: 'retracted',
    retractedReason: 'COMPLAINT_HOLD',
  });
  expect(settle({ kind: 'quiet' })).toMatchObject({ ...ended, state: 'failed', attempts: [{ error: 'QUIET_HOURS' }] });
  const waiting = settle({ kind: 'postponed', until });
  // No worker of webhooks takes it up.
  expect(waiting).toMatchObject({
    state: 'pending',
    text,
    dueAt: undefined,
    queuedUntil: until,
    finishedAt: undefined,
  });
  expect([NOON, until].map((now) => isDueInInbox(waiting, now))).toEqual([false, true]);
  const late = settleInInbox(waiting, text, undefined, until);
  expect(late).toMatchObject({ state: 'delivered', queuedUntil: undefined, finishedAt: until });
  expect([late, delivery].map((one) => isDueInInbox(one, until))).toEqual([false, false]);
});

it('is told of a retraction before it is told of quiet hours, each by the decision that it is about', () => {
  const objections = {
    retractedReasons: new Map([['d-1', 'CONSENT_MISSING']]),
    quietUntil: new Map([
      ['d-1', until],
      ['d-2', until],
      ['d-3', undefined],
    ]),
  };
  expect(['d-1', 'd-2', 'd-3', 'd-4'].map((decisionId) => objectionTo(decisionId, objections))).toEqual([
    { kind: 'retracted', reason: 'CONSENT_MISSING' },
    { kind: 'postponed', until },
    { kind: 'quiet' },
    undefined,
  ]);
});
