import {
  askedUntil,
  requireAtTill,
  requireOutcomeInTime,
  TILL_OUTCOME_MS,
  TILL_VISIT_MS,
  type TillVisit,
} from './till-visit';

// Goal: a till asks while the customer is there, and not a millisecond longer.

const at = new Date('2026-11-22T04:00:00Z');
const after = (ms: number): Date => new Date(at.getTime() + ms);
const HOLD_MS = 300_000;
const redeemed = { kind: 'redemption', redeemedAt: at, isReversed: false } as const;
const held = { kind: 'hold', state: 'held', heldAt: at, expiresAt: after(HOLD_MS) } as const;

const reasonAt = (visit: TillVisit, ms: number): string => {
  try {
    requireAtTill(visit, after(ms));
    return 'none';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

it('lasts ten minutes after a redemption, its end excluded', () => {
  expect(askedUntil(redeemed)).toEqual(new Date('2026-11-22T04:10:00Z'));
  for (const ms of [0, 1, TILL_VISIT_MS - 1]) expect(reasonAt(redeemed, ms)).toBe('none');
  for (const ms of [TILL_VISIT_MS, TILL_VISIT_MS + 1, 10 * TILL_VISIT_MS]) {
    expect(reasonAt(redeemed, ms)).toBe('TILL_VISIT_OVER');
  }
});

it('lasts as long as an open hold, and after a committed one as after a redemption', () => {
  expect(askedUntil(held)).toEqual(after(HOLD_MS));
  expect([0, HOLD_MS - 1, HOLD_MS].map((ms) => reasonAt(held, ms))).toEqual(['none', 'none', 'HOLD_TIMED_OUT']);
  const committed = { ...held, state: 'committed' };
  const moments = [HOLD_MS, TILL_VISIT_MS - 1, TILL_VISIT_MS];
  expect(moments.map((ms) => reasonAt(committed, ms))).toEqual(['none', 'none', 'TILL_VISIT_OVER']);
});

it('ends with what was taken back', () => {
  expect(reasonAt({ ...redeemed, isReversed: true }, 1)).toBe('REDEMPTION_REVERSED');
  expect(reasonAt({ ...held, state: 'voided' }, 1)).toBe('HOLD_VOIDED');
  expect(reasonAt({ ...held, state: 'timed_out' }, 1)).toBe('HOLD_TIMED_OUT');
});

it('is now alone for a code', () => {
  expect(askedUntil({ kind: 'code' })).toBeUndefined();
  expect(reasonAt({ kind: 'code' }, 0)).toBe('none');
});

it('lets outcomes in for a day, its end excluded', () => {
  expect(() => requireOutcomeInTime(at, after(TILL_OUTCOME_MS - 1))).not.toThrow();
  const late = expect.objectContaining({ reason: 'OUTCOME_TOO_LATE' });
  expect(() => requireOutcomeInTime(at, after(TILL_OUTCOME_MS))).toThrow(late);
});
