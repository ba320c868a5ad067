import { aSignInProgramme } from '../testing/sign-in.factory';
import { Persons } from '../../domain/person';
import { SignInBatch, signInKey } from './sign-in-batch';

// Goal: commands of one commit see each other: a day is signed and rewarded once, and a card that is earned can be used.

const now = new Date('2026-03-04T02:00:00Z');
const programme = aSignInProgramme({ cardsPerMonth: 2 });
const key = signInKey('daily-sign-in', 'c');
const LONE = new Persons([]);
const sign = (batch: SignInBatch, missedDay = '', customerId = 'c'): string | number => {
  try {
    return batch.sign({ programmeId: 'daily-sign-in', programme, customerId, missedDay }).status.streakDays;
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

it('signs today once, and makes up missed days on what was signed before in the same commit', () => {
  const batch = new SignInBatch(new Map(), LONE, now);
  const days = ['', '', '2026-03-03', '2026-03-03', '2026-03-02'];
  expect(days.map((day) => sign(batch, day))).toEqual([1, 'SIGNED_IN_ALREADY', 2, 'DAY_NOT_MISSED', 3]);
  expect(batch.signings.map(({ day, isMadeUp, streakDays }) => [day, isMadeUp, streakDays])).toEqual([
    ['2026-03-04', false, 1],
    ['2026-03-03', true, 2],
    ['2026-03-02', true, 3],
  ]);
  expect(batch.owed.map(({ rewardId }) => rewardId)).toEqual(['sign-in|daily-sign-in|c|2026-03-04|0']);
  // Both cards of the month are used; the third day brought one more.
  expect(batch.changed.get(key)).toMatchObject({ cardsUsed: 2, extraCards: 1, longestStreakDays: 3 });
  expect([sign(batch, '2026-03-01'), sign(batch, '2026-02-28')]).toEqual([4, 'NO_MAKE_UP_CARD']);
});

it('goes on from what was stored, for each customer by himself', () => {
  const first = new SignInBatch(new Map(), LONE, new Date('2026-03-03T02:00:00Z'));
  sign(first);
  const batch = new SignInBatch(first.changed, LONE, now);
  expect([sign(batch), sign(batch, '', 'd')]).toEqual([2, 1]);
  expect([batch.changed.size, batch.known.size]).toEqual([2, 1]);
});

it('lets a person sign a day under one of his profiles, and counts the streak and the cards of the month over all', () => {
  const persons = new Persons(
    ['c', 'd'].map((customerId) => ({ customerId, personKey: 'p', version: 1, personId: '' })),
  );
  const first = new SignInBatch(new Map(), LONE, new Date('2026-03-03T02:00:00Z'));
  sign(first);
  const batch = new SignInBatch(first.changed, persons, now);
  const told = [
    sign(batch, '', 'd'),
    sign(batch),
    sign(batch, '2026-03-03', 'd'),
    sign(batch, '2026-03-02', 'd'),
    sign(batch, '2026-03-01'),
    sign(batch, '2026-02-28', 'd'),
  ];
  // The third day of the streak brought `d` a card; the two of the month are used, one by each.
  expect(told).toEqual([2, 'SIGNED_IN_ALREADY', 'DAY_NOT_MISSED', 3, 4, 5]);
  expect(sign(batch, '2026-02-27')).toBe('NO_MAKE_UP_CARD');
  expect(batch.touched()).toEqual([]);
  const apart = new SignInBatch(batch.changed, LONE, now);
  expect([sign(apart), sign(apart, '2026-03-03', 'd')]).toEqual([2, 3]);
});
