import { refused } from '@tidegate/errors';
import { addDays } from '../../definitions/domain/calendar-period';
import type { SignInTerms } from './sign-in-programme';

/** Days of one month as bits: bit 0 is the first. */
interface SignedMonth {
  signed: number;
  /** Of these, the ones that were made up. */
  madeUp: number;
}

/** One customer's sign-ins in one programme. Days are `YYYY-MM-DD` of the programme's zone. */
export interface SignInRecord {
  programmeId: string;
  customerId: string;
  /** By `YYYY-MM`. */
  months: Record<string, SignedMonth>;
  longestStreakDays: number;
  /** Cards of the monthly allowance used in `cardMonth`. */
  cardMonth: string;
  cardsUsed: number;
  /** Cards that were rewards, less those used; they do not lapse. Below zero when another profile's was used, by the person. */
  extraCards: number;
}

/** What a sign-in changed: the days of the streak that were reached by it. */
export interface SignedDay {
  record: SignInRecord;
  reachedDays: number[];
}

// Nobody's streak is longer, and a walk through it must end.
const STREAK_DAYS_MAX = 40 * 366;

export const emptyRecord = (programmeId: string, customerId: string): SignInRecord => ({
  programmeId,
  customerId,
  months: {},
  longestStreakDays: 0,
  cardMonth: '',
  cardsUsed: 0,
  extraCards: 0,
});

/**
 * What the profiles of one person signed together, as one of them sees it: days, cards of the month that are used, and cards that were
 * rewards.
 */
export function together(own: SignInRecord, others: readonly SignInRecord[]): SignInRecord {
  if (others.length === 0) return own;
  const all = [own, ...others];
  const months: Record<string, SignedMonth> = {};
  for (const each of all) {
    for (const [month, { signed, madeUp }] of Object.entries(each.months)) {
      const known = months[month] ?? { signed: 0, madeUp: 0 };
      months[month] = { signed: known.signed | signed, madeUp: known.madeUp | madeUp };
    }
  }
  const cardMonth = all.map((each) => each.cardMonth).reduce((a, b) => (a > b ? a : b));
  const cardsUsed = all.reduce((sum, each) => (each.cardMonth === cardMonth ? sum + each.cardsUsed : sum), 0);
  const longestStreakDays = Math.max(...all.map((each) => each.longestStreakDays));
  const extraCards = all.reduce((sum, each) => sum + each.extraCards, 0);
  return { ...own, months, longestStreakDays, cardMonth, cardsUsed, extraCards };
}

const bitOf = (day: string): number => 1 << (Number(day.slice(8)) - 1);

export const isSigned = ({ months }: SignInRecord, day: string): boolean =>
  ((months[day.slice(0, 7)]?.signed ?? 0) & bitOf(day)) !== 0;

/** Days in a row that end (or with step 1, begin) with a day. */
function run(record: SignInRecord, from: string, step: -1 | 1): number {
  let length = 0;
  for (let day = from; length < STREAK_DAYS_MAX && isSigned(record, day); day = addDays(day, step)) length += 1;
  return length;
}

/** Days in a row up to today, or to yesterday while today is still open. */
export const streakDays = (record: SignInRecord, today: string): number =>
  run(record, isSigned(record, today) ? today : addDays(today, -1), -1);

/** Make-up cards that can be used now. */
export const cardsLeft = (record: SignInRecord, { cardsPerMonth }: SignInTerms, today: string): number =>
  Math.max(0, cardsPerMonth - (record.cardMonth === today.slice(0, 7) ? record.cardsUsed : 0)) +
  Math.max(0, record.extraCards);

/** The days of a month, signed or made up. */
export function daysOf({ months }: SignInRecord, month: string): { signedDays: string[]; madeUpDays: string[] } {
  const { signed = 0, madeUp = 0 } = months[month] ?? {};
  const days = (bits: number): string[] =>
    Array.from({ length: 31 }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`).filter(
      (day) => (bits & bitOf(day)) !== 0,
    );
  return { signedDays: days(signed), madeUpDays: days(madeUp) };
}

/**
 * Signs in for today 签到; a person once, under whichever of his profiles.
 * @throws SIGNED_IN_ALREADY
 */
export function signIn(record: SignInRecord, today: string, others: readonly SignInRecord[] = []): SignedDay {
  const person = together(record, others);
  if (isSigned(person, today)) throw refused('SIGNED_IN_ALREADY', 'Signed in today already.', { day: today });
  return mark({ record, person }, today, false);
}

/**
 * Makes up a missed day 补签 with a card, first one of the monthly allowance.
 * @throws DAY_NOT_MISSED, DAY_TOO_EARLY, NO_MAKE_UP_CARD
 */
export function makeUp(
  record: SignInRecord,
  terms: SignInTerms,
  { day, today, firstDay }: { day: string; today: string; firstDay: string },
  others: readonly SignInRecord[] = [],
): SignedDay {
  const person = together(record, others);
  if (day >= today || isSigned(person, day)) throw refused('DAY_NOT_MISSED', 'Only a missed day can be made up.');
  const earliest = addDays(today, -terms.makeUpDaysMax);
  if (day < earliest || day < firstDay) throw refused('DAY_TOO_EARLY', 'That day is too long ago.', { earliest });
  if (cardsLeft(person, terms, today) < 1) throw refused('NO_MAKE_UP_CARD', 'There is no make-up card left.');
  const isOfMonth = cardsLeft({ ...person, extraCards: 0 }, terms, today) > 0;
  return mark({ record: useCard(record, isOfMonth, today.slice(0, 7)), person }, day, true);
}

function useCard(record: SignInRecord, isOfMonth: boolean, month: string): SignInRecord {
  if (!isOfMonth) return { ...record, extraCards: record.extraCards - 1 };
  return { ...record, cardMonth: month, cardsUsed: (record.cardMonth === month ? record.cardsUsed : 0) + 1 };
}

/**
 * Marks a day. The runs before and after it become one, and the days of the streak that neither of them had are reached: a day
 * of a streak never brings its reward twice.
 */
function mark(
  { record, person }: { record: SignInRecord; person: SignInRecord },
  day: string,
  isMadeUp: boolean,
): SignedDay {
  const [before, after] = [run(person, addDays(day, -1), -1), run(person, addDays(day, 1), 1)];
  const length = before + 1 + after;
  const month = record.months[day.slice(0, 7)] ?? { signed: 0, madeUp: 0 };
  const bits = { signed: month.signed | bitOf(day), madeUp: isMadeUp ? month.madeUp | bitOf(day) : month.madeUp };
  const known = Math.max(before, after);
  return {
    record: {
      ...record,
      months: { ...record.months, [day.slice(0, 7)]: bits },
      longestStreakDays: Math.max(record.longestStreakDays, length),
    },
    reachedDays: Array.from({ length: length - known }, (_, index) => known + 1 + index),
  };
}
