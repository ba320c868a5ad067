import { DAY_MS, dayOf, refuseIf, type ModelState, type RequestTo } from './model-state';

/** What each of the first days of a streak brings; the last of the cycle brings a make-up card. */
export const STREAK_POINTS = 4;
export const CYCLE_DAYS = 3;
export const CARDS_PER_MONTH = 1;
export const MAKE_UP_DAYS_MAX = 3;
export const FOUND_POINTS = 8;

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
  const used = state.cardsUsed[month] ?? 0;
  if (used < CARDS_PER_MONTH) state.cardsUsed[month] = used + 1;
  else state.extraCards[customer] = (state.extraCards[customer] ?? 0) - 1;
  return sign(state, id, { customer, day });
}

export function find(state: ModelState, { id, customer }: RequestTo<'find'>): string {
  // A refusal is kept, too: the same request again is told it.
  if (customer in state.found) return 'POINT_CLAIMED_ALREADY';
  state.found[customer] = true;
  state.owed[id] = { customer, points: [FOUND_POINTS] };
  return 'found';
}

/** A day that joins two streaks reaches the days that neither of them had. */
function sign(state: ModelState, id: string, { customer, day }: { customer: string; day: number }): string {
  const days = daysOf(state, customer);
  const [before, after] = [streak(days, day - 1, -1), streak(days, day + 1, 1)];
  state.signed[customer] = [...days, day];
  const points: number[] = [];
  for (let reached = Math.max(before, after) + 1; reached <= before + 1 + after; reached += 1) {
    if (reached % CYCLE_DAYS > 0) points.push(STREAK_POINTS);
    else state.extraCards[customer] = (state.extraCards[customer] ?? 0) + 1;
  }
  if (points.length > 0) state.owed[id] = { customer, points };
  const today = dayOf(state.now);
  const all = daysOf(state, customer);
  const current = streak(all, all.includes(today) ? today : today - 1, -1);
  return `streak ${current}, cards ${cardsOf(state, customer)}`;
}

const daysOf = ({ signed }: ModelState, customer: string): number[] => signed[customer] ?? [];

/** Signed days in a row from a day on, back or forth. */
function streak(days: number[], from: number, step: 1 | -1): number {
  let length = 0;
  while (days.includes(from + length * step)) length += 1;
  return length;
}

const monthKey = ({ now }: ModelState, customer: string): string =>
  `${customer} ${new Date(dayOf(now) * DAY_MS).toISOString().slice(0, 7)}`;

const cardsOf = (state: ModelState, customer: string): number =>
  CARDS_PER_MONTH - (state.cardsUsed[monthKey(state, customer)] ?? 0) + (state.extraCards[customer] ?? 0);
