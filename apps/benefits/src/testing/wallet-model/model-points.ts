import {
  at,
  dayOf,
  move,
  profilesOf,
  refuseIf,
  sumOf,
  type ModelState,
  type PointsLot,
  type RequestTo,
} from './model-state';

export const POINTS_PER_STEP = 2;
export const STEP_MINOR = 100;
export const EARNED_MAX_PER_DAY = 130;
export const VALID_MONTHS = 1;

const SHANGHAI_MS = 8 * 3600 * 1000;

/** For a card payment, two points for every whole 1.00, up to the person's cap of the day. */
export function earn(state: ModelState, { id, customer, amount, at: paidAt }: RequestTo<'earn'>): string {
  const earned = (profile: string): number => state.earned[`${profile} ${dayOf(paidAt)}`] ?? 0;
  const left = Math.max(0, EARNED_MAX_PER_DAY - sumOf(profilesOf(state, customer).map(earned)));
  const points = Math.min(Math.floor(amount / STEP_MINOR) * POINTS_PER_STEP, left);
  state.earned[`${customer} ${dayOf(paidAt)}`] = earned(customer) + points;
  give(state, customer, points);
  state.earnings[id] = { customer, day: dayOf(paidAt), points, endsAt: monthEnd(state.now, VALID_MONTHS) };
  return `earned ${points}, has ${balanceOf(state, customer)}`;
}

/** Takes back what a payment gave, once: its own points first, then the others that end first, unless they have ended. */
export function unearn(state: ModelState, { earning: name }: RequestTo<'unearn'>): string {
  const earning = at(state.earnings, name);
  if (earning.told !== undefined) return earning.told;
  const { customer, day, points, endsAt } = earning;
  const lots = state.points[customer] ?? [];
  let open = endsAt > state.now ? points : 0;
  for (const lot of [...lots.filter((each) => each.endsAt === endsAt), ...lots]) {
    const part = Math.min(lot.points, open);
    lot.points -= part;
    open -= part;
    move(state, `points:${customer}`, 'points_issued', part);
    earning.points -= part;
  }
  const taken = points - earning.points;
  state.earned[`${customer} ${day}`]! -= taken;
  earning.told = `took ${taken}, short ${earning.points}, has ${balanceOf(state, customer)}`;
  return earning.told;
}

/** The end of the month after so many months, in the bank's zone. */
function monthEnd(now: number, months: number): number {
  const local = new Date(now + SHANGHAI_MS);
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months + 1, 1) - SHANGHAI_MS;
}

export function give(state: ModelState, customer: string, points: number, validMonths = VALID_MONTHS): void {
  putIn(state, customer, [{ points, endsAt: monthEnd(state.now, validMonths) }]);
}

export function putIn(state: ModelState, customer: string, lots: PointsLot[]): void {
  const held = (state.points[customer] ??= []);
  for (const { points, endsAt } of lots) {
    const same = held.find((lot) => lot.endsAt === endsAt);
    if (same) same.points += points;
    else held.push({ points, endsAt });
    move(state, 'points_issued', `points:${customer}`, points);
  }
  held.sort((a, b) => a.endsAt - b.endsAt);
}

/** Takes points out, first those that end first. */
export function spend(state: ModelState, customer: string, points: number): PointsLot[] {
  refuseIf(balanceOf(state, customer) < points, 'POINTS_INSUFFICIENT');
  const taken: PointsLot[] = [];
  let open = points;
  for (const lot of state.points[customer] ?? []) {
    const part = Math.min(lot.points, open);
    if (part > 0) taken.push({ points: part, endsAt: lot.endsAt });
    lot.points -= part;
    open -= part;
  }
  move(state, `points:${customer}`, 'points_issued', points);
  return taken;
}

export const balanceOf = (state: ModelState, customer: string): number =>
  (state.points[customer] ?? []).reduce((sum, { points }) => sum + points, 0);

export function expirePoints(state: ModelState): void {
  for (const [customer, lots] of Object.entries(state.points)) {
    const over = lots.filter(({ endsAt }) => endsAt <= state.now);
    state.points[customer] = lots.filter((lot) => !over.includes(lot));
    for (const { points } of over) move(state, `points:${customer}`, 'points_issued', points);
  }
}
