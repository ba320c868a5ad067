import type { BankCalendar } from '@tidegate/bank-calendar';
import { capacityId, poolOf, type Capacity, type SlotPart } from '../../domain/capacity';
import { DAY_MINUTES, stretchesOn, unitsBetween, type Shift, type ShiftPlan, type Stretch } from './shift';

/**
 * The capacities that shifts give a queue on a day: its own, and one for each team and person, all cut into the same parts. What is reserved and
 * used stays counted, so a part may have promised more than it has left: those promises are the caller's to move. A day with promises keeps the
 * length of its parts. A day that was put without parts is left as it is, and answered as null.
 */
export function planDay(
  { queue, slotMinutes }: ShiftPlan,
  shifts: readonly Shift[],
  day: string,
  held: ReadonlyMap<string, Capacity>,
  calendar: BankCalendar,
): Capacity[] | null {
  const own = held.get(capacityId(queue, day));
  if (own !== undefined && own.parts === undefined) return null;
  const isTaken = own !== undefined && own.reserved + own.used > 0;
  const length = isTaken ? (own.slotMinutes ?? slotMinutes) : slotMinutes;
  const works = shifts.flatMap((shift) =>
    stretchesOn(shift, day, calendar).map((stretch) => ({ shift, units: partsOf(length, shift, stretch) })),
  );
  const heldHere = [...held.values()].filter(({ slot }) => slot === day);
  const pools = new Map<string, Pool>([[queue, { units: new Map() }]]);
  for (const { queue: pool } of heldHere) pools.set(pool, { units: new Map() });
  for (const { shift, units } of works) {
    const { personId, teamId } = shift;
    const person = poolOf(queue, 'person', personId);
    // Of somebody in two teams on one day the first counts.
    const team = pools.get(person)?.team || teamId;
    for (const [pool, ofTeam] of poolsOf(queue, person, team)) {
      const known = pools.get(pool) ?? { units: new Map() };
      pools.set(pool, { units: sum(known.units, units), team: ofTeam });
    }
  }
  return [...pools].map(([pool, { units, team }]) => {
    const before = held.get(capacityId(pool, day));
    return capacityOf(pool, day, { units, team, length, before: isTaken ? before : undefined });
  });
}

interface Pool {
  /** By the minute that a part begins at. */
  units: ReadonlyMap<number, number>;
  team?: string;
}

const poolsOf = (queue: string, person: string, team: string): [pool: string, team: string | undefined][] => [
  [queue, undefined],
  ...(team === '' ? [] : ([[poolOf(queue, 'team', team), undefined]] as [string, undefined][])),
  [person, team],
];

function partsOf(length: number, shift: Shift, { hours, atMidnight }: Stretch): Map<number, number> {
  const units = new Map<number, number>();
  for (let from = 0; from < DAY_MINUTES; from += length) {
    const [begins, ends] = [from + atMidnight, from + atMidnight + length];
    if (ends <= hours.fromMinute || begins >= hours.toMinute) continue;
    units.set(from, unitsBetween(shift, hours, begins, ends));
  }
  return units;
}

function sum(left: ReadonlyMap<number, number>, right: ReadonlyMap<number, number>): Map<number, number> {
  const both = new Map(left);
  for (const [minute, units] of right) both.set(minute, (both.get(minute) ?? 0) + units);
  return both;
}

function capacityOf(
  queue: string,
  slot: string,
  { units, team, length, before }: Pool & { length: number; before: Capacity | undefined },
): Capacity {
  const taken = new Map((before?.parts ?? []).map((part) => [part.fromMinute, part]));
  const kept = [...taken.values()].filter((part) => part.reserved + part.used > 0).map(({ fromMinute }) => fromMinute);
  const minutes = [...new Set([...units.keys(), ...kept])].sort((left, right) => left - right);
  const parts = minutes.map((fromMinute): SlotPart => {
    const { reserved = 0, used = 0 } = taken.get(fromMinute) ?? {};
    return { fromMinute, toMinute: fromMinute + length, units: units.get(fromMinute) ?? 0, reserved, used };
  });
  const total = (of: (part: SlotPart) => number): number => parts.reduce((all, part) => all + of(part), 0);
  return {
    queue,
    slot,
    units: total((part) => part.units),
    reserved: total(({ reserved }) => reserved),
    used: total(({ used }) => used),
    parts,
    slotMinutes: length,
    ...(team !== undefined && { team }),
  };
}

/** A part that has promised more than it has left. */
export interface Overbooked {
  queue: string;
  day: string;
  fromMinute: number;
  excess: number;
}

/** @param fromMinute parts that ended by then are over: nothing of them can be moved */
export const overbookedOf = ({ queue, slot, parts = [] }: Capacity, fromMinute: number): Overbooked[] =>
  parts.flatMap((part) => {
    const excess = part.reserved - Math.max(0, part.units - part.used);
    const isOver = part.toMinute <= fromMinute;
    return isOver || excess <= 0 || part.reserved === 0
      ? []
      : [{ queue, day: slot, fromMinute: part.fromMinute, excess: Math.min(excess, part.reserved) }];
  });
