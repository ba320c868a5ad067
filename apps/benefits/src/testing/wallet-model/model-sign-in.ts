import { VALID_MONTHS } from './model-points';
import { CAKE, owe } from './model-rewards';
import { DAY_MS, dayOf, profilesOf, refuseIf, sumOf, type ModelState, type Owed, type RequestTo } from './model-state';

/** What the first day of a streak brings; the second brings a cake, and the last of the cycle a make-up card. */
export const STREAK_POINTS = 4;
export const CYCLE_DAYS = 3;
export const CARDS_PER_MONTH = 1;
export const MAKE_UP_DAYS_MAX = 3;

export function signIn(state: ModelState, { id, customer }: RequestTo<'sign_in'>): string {
  const today = dayOf(state.now);
  refuseIf(daysOf(state, customer).includes(today), 'SIGNED_IN_ALREADY');
  return sign(state, id, { customer, day: today });
}

export function makeUp(state: ModelState, { id, customer, day }: RequestTo<'make_up'>): string {
  const today = dayOf(state.now);
  refuseIf(day >= today || daysOf(state, customer).includes(day), 'DAY_NOT_MISSED');
  refuseIf(day < today - MAKE_UP_DAYS_MAX, 'DAY_TOO_EARLY');
  refuseIf(cardsOf(state, customer) < 1, 'NO_MAKE_UP_CARD');
  const month = monthKey(state, customer);
  if (cardsOfMonth(state, customer) > 0) state.cardsUsed[month] = (state.cardsUsed[month] ?? 0) + 1;
  else state.extraCards[customer] = (state.extraCards[customer] ?? 0) - 1;
  return sign(state, id, { customer, day });
}

/** A day that joins two streaks reaches the days that neither of them had. */
function sign(state: ModelState, id: string, { customer, day }: { customer: string; day: number }): string {
  const days = daysOf(state, customer);
  const [before, after] = [streak(days, day - 1, -1), streak(days, day + 1, 1)];
  state.signed[customer] = [...(state.signed[customer] ?? []), day];
  const rewards: Owed[] = [];
  for (let reached = Math.max(before, after) + 1; reached <= before + 1 + after; reached += 1) {
    if (reached % CYCLE_DAYS === 1) rewards.push({ customer, points: STREAK_POINTS, validMonths: VALID_MONTHS });
    if (reached % CYCLE_DAYS === 2) rewards.push({ customer, stock: CAKE });
    if (reached % CYCLE_DAYS === 0) state.extraCards[customer] = (state.extraCards[customer] ?? 0) + 1;
  }
  owe(state, id, rewards);
  const today = dayOf(state.now);
  const all = daysOf(state, customer);
  const current = streak(all, all.includes(today) ? today : today - 1, -1);
  return `streak ${current}, cards ${cardsOf(state, customer)}`;
}

/** What a person signed under whichever of his customer ids. */
const daysOf = (state: ModelState, customer: string): number[] =>
  profilesOf(state, customer).flatMap((profile) => state.signed[profile] ?? []);

/** Signed days in a row from a day on, back or forth. */
function streak(days: number[], from: number, step: 1 | -1): number {
  let length = 0;
  while (days.includes(from + length * step)) length += 1;
  return length;
}

const monthKey = ({ now }: ModelState, customer: string): string =>
  `${customer} ${new Date(dayOf(now) * DAY_MS).toISOString().slice(0, 7)}`;

/** A person has those of the month once. */
const cardsOfMonth = (state: ModelState, customer: string): number =>
  Math.max(
    0,
    CARDS_PER_MONTH -
      sumOf(profilesOf(state, customer).map((profile) => state.cardsUsed[monthKey(state, profile)] ?? 0)),
  );

/** Those that were earned are the person's, too. */
const cardsOf = (state: ModelState, customer: string): number =>
  cardsOfMonth(state, customer) +
  Math.max(0, sumOf(profilesOf(state, customer).map((profile) => state.extraCards[profile] ?? 0)));
