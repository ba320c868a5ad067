import fc from 'fast-check';
import { addDays } from '../../definitions/domain/calendar-period';
import { aSignInProgramme } from '../testing/sign-in.factory';
import { rewardsOf } from './sign-in-programme';
import {
  cardsLeft,
  daysOf,
  emptyRecord,
  isSigned,
  makeUp,
  signIn,
  streakDays,
  together,
  type SignInRecord,
} from './sign-in-record';

const { terms } = aSignInProgramme();
const firstDay = '2026-01-01';
const signAll = (days: string[], from = emptyRecord('p', 'c')): SignInRecord =>
  days.reduce((record, day) => signIn(record, day).record, from);

it('counts days in a row, over the end of a month, and starts again after a missed one', () => {
  const record = signAll(['2026-02-27', '2026-02-28', '2026-03-01']);
  expect([
    streakDays(record, '2026-03-01'),
    streakDays(record, '2026-03-02'),
    streakDays(record, '2026-03-03'),
  ]).toEqual([3, 3, 0]);
  expect(signIn(record, '2026-03-02').reachedDays).toEqual([4]);
  expect(signIn(record, '2026-03-03').reachedDays).toEqual([1]);
  expect(() => signIn(record, '2026-03-01')).toThrow(expect.objectContaining({ reason: 'SIGNED_IN_ALREADY' }));
});

it('joins two streaks by a made-up day and reaches only what neither had', () => {
  const record = signAll(['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-05', '2026-03-06']);
  const joined = makeUp(record, terms, { day: '2026-03-04', today: '2026-03-06', firstDay });
  expect(joined.reachedDays).toEqual([4, 5, 6]);
  expect(streakDays(joined.record, '2026-03-06')).toBe(6);
  expect(daysOf(joined.record, '2026-03').madeUpDays).toEqual(['2026-03-04']);
});

it('brings rewards by the day in the cycle', () => {
  const kinds = rewardsOf(terms, [1, 3, 7, 8, 14]).map(({ kind, points }) => `${kind} ${points}`);
  expect(kinds).toEqual(['points 5', 'make_up_card 0', 'benefit 0', 'points 5', 'benefit 0']);
});

describe('make-up cards', () => {
  const missed = (day: string, today = '2026-03-10') => ({ day, today, firstDay });
  const refusal = (reason: string) => expect.objectContaining({ reason }) as Error;

  it('are used up, the monthly ones first, and are anew each month', () => {
    const before = { ...emptyRecord('p', 'c'), extraCards: 1 };
    const once = makeUp(before, terms, missed('2026-03-08')).record;
    expect([cardsLeft(before, terms, '2026-03-10'), cardsLeft(once, terms, '2026-03-10')]).toEqual([2, 1]);
    const twice = makeUp(once, terms, missed('2026-03-07')).record;
    expect(() => makeUp(twice, terms, missed('2026-03-06'))).toThrow(refusal('NO_MAKE_UP_CARD'));
    expect(cardsLeft(twice, terms, '2026-04-01')).toBe(1);
  });

  it('that were rewards are the person’s, under whichever profile he earned and uses them', () => {
    const today = '2026-03-10';
    const earned = { ...emptyRecord('p', 'c'), extraCards: 1, cardMonth: '2026-03', cardsUsed: 1 };
    const other = emptyRecord('p', 'c-too');
    const used = makeUp(other, terms, missed('2026-03-08'), [earned]).record;
    expect([
      cardsLeft(together(other, [earned]), terms, today),
      cardsLeft(together(used, [earned]), terms, today),
    ]).toEqual([1, 0]);
    expect(() => makeUp(used, terms, missed('2026-03-07'), [earned])).toThrow(refusal('NO_MAKE_UP_CARD'));
    expect(() => makeUp(earned, terms, missed('2026-03-07'), [used])).toThrow(refusal('NO_MAKE_UP_CARD'));
    // Told apart again, nobody has less than no card.
    expect([cardsLeft(earned, terms, today), cardsLeft(used, terms, today)]).toEqual([1, 1]);
  });

  it('make up missed days of the last days only', () => {
    const record = signAll(['2026-03-08']);
    expect(() => makeUp(record, terms, missed('2026-03-08'))).toThrow(refusal('DAY_NOT_MISSED'));
    expect(() => makeUp(record, terms, missed('2026-03-10'))).toThrow(refusal('DAY_NOT_MISSED'));
    expect(() => makeUp(record, terms, missed('2026-03-02'))).toThrow(refusal('DAY_TOO_EARLY'));
    expect(() => makeUp(record, terms, { ...missed('2026-03-09'), firstDay: '2026-03-10' })).toThrow(
      refusal('DAY_TOO_EARLY'),
    );
  });
});

it('reaches each day of a streak once, whatever is signed and made up when', () => {
  const free = { ...terms, cardsPerMonth: 1_000, makeUpDaysMax: 1_000 };
  const moves = fc.array(fc.record({ isMakeUp: fc.boolean(), back: fc.integer({ min: 1, max: 12 }) }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(moves, (list) => {
      let record = emptyRecord('p', 'c');
      let today = '2026-02-20';
      let reached = 0;
      for (const { isMakeUp, back } of list) {
        const day = addDays(today, -back);
        if (isMakeUp && !isSigned(record, day)) {
          const made = makeUp(record, free, { day, today, firstDay });
          record = made.record;
          reached = made.reachedDays.at(-1) ?? reached;
          // What was reached is the length of the run it is in.
          expect(made.reachedDays.length).toBeGreaterThan(0);
        } else if (!isMakeUp) {
          today = addDays(today, (back % 2) + 1);
          const signed = signIn(record, today);
          record = signed.record;
          expect(signed.reachedDays).toEqual([streakDays(record, today)]);
        }
        expect(record.longestStreakDays).toBeGreaterThanOrEqual(streakDays(record, today));
      }
      expect(reached).toBeLessThanOrEqual(record.longestStreakDays);
    }),
  );
});
