import { askedUntil, requireAtTill, requireOutcomeInTime, TILL_OUTCOME_MS, TILL_VISIT_MS } from './till-visit';

// Goal: a till asks while the customer is there, and not a millisecond longer.

const redeemedAt = new Date('2026-11-22T04:00:00Z');
const visit = { redeemedAt, isReversed: false };
const after = (ms: number): Date => new Date(redeemedAt.getTime() + ms);

it('lasts ten minutes, its end excluded', () => {
  expect(askedUntil(visit)).toEqual(new Date('2026-11-22T04:10:00Z'));
  for (const ms of [0, 1, TILL_VISIT_MS - 1]) expect(() => requireAtTill(visit, after(ms))).not.toThrow();
  for (const ms of [TILL_VISIT_MS, TILL_VISIT_MS + 1, 10 * TILL_VISIT_MS]) {
    expect(() => requireAtTill(visit, after(ms))).toThrow(expect.objectContaining({ reason: 'TILL_VISIT_OVER' }));
  }
});

it('ends with the redemption that was taken back', () => {
  const reversed = { ...visit, isReversed: true };
  expect(() => requireAtTill(reversed, after(1))).toThrow(expect.objectContaining({ reason: 'REDEMPTION_REVERSED' }));
});

it('lets outcomes in for a day, its end excluded', () => {
  expect(() => requireOutcomeInTime(visit, after(TILL_OUTCOME_MS - 1))).not.toThrow();
  const late = expect.objectContaining({ reason: 'OUTCOME_TOO_LATE' });
  expect(() => requireOutcomeInTime(visit, after(TILL_OUTCOME_MS))).toThrow(late);
});
