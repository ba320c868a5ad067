import { VALID_MONTHS } from './model-points';
import { CAKE, owe } from './model-rewards';
import { at, dayOf, profilesOf, type ModelState, type Owed, type RequestTo } from './model-state';

/** Points of the hunt along a road to the north, by the metres from its beginning: the last one is far off. */
export const HUNT_POINTS = { bund: 0, pier: 20, tower: 10_000 } as const;
export const FOUND_PER_DAY = 1;
export const FOUND_POINTS = 8;
export const SPEED_MAX = 50;
export const ACCURACY_METRES = 8;

/** A refusal is kept, too: the same request again is told it. */
export function find(state: ModelState, request: RequestTo<'find'>): string {
  const { id, customer, point } = request;
  const profiles = profilesOf(state, customer);
  const metres = at(HUNT_POINTS, point);
  if (profiles.some((profile) => isTooFast(state, profile, metres))) return 'SPEED_IMPLAUSIBLE';
  state.seen[customer] = { metres, at: state.now };
  if (profiles.some((profile) => `${profile} ${point}` in state.found)) return 'POINT_CLAIMED_ALREADY';
  const today = dayOf(state.now);
  const days = profiles.flatMap((profile) =>
    Object.keys(HUNT_POINTS).map((each) => state.found[`${profile} ${each}`] ?? 0),
  );
  if (days.filter((day) => day === today).length >= FOUND_PER_DAY) return 'DAILY_LIMIT_REACHED';
  state.found[`${customer} ${point}`] = today;
  owe(state, id, [rewardFor(point, customer)]);
  return 'found';
}

const rewardFor = (point: string, customer: string): Owed =>
  point === 'pier' ? { customer, stock: CAKE } : { customer, points: FOUND_POINTS, validMonths: VALID_MONTHS };

/** From where a profile was last seen; what both positions may be off by is granted. */
function isTooFast({ seen, now }: ModelState, profile: string, metres: number): boolean {
  const last = seen[profile];
  if (!last) return false;
  const way = Math.abs(metres - last.metres) - 2 * ACCURACY_METRES;
  return way > SPEED_MAX * Math.max(1, (now - last.at) / 1000);
}
