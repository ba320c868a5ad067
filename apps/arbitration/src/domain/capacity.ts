import { refused } from '@tidegate/errors';

/** Part of a day that shifts 班次 gave units for, in minutes of the bank's day; `toMinute` is not included. */
export interface SlotPart {
  fromMinute: number;
  toMinute: number;
  units: number;
  reserved: number;
  used: number;
}

/**
 * Units of people's time 产能 of one queue, or of one team or person in it, in one slot. `reserved` are promised, `used` are done.
 * A day that shifts gave has parts, and its own counts are the sums of theirs.
 */
export interface Capacity {
  /** The queue; of a team or a person its pool (`poolOf`). */
  queue: string;
  slot: string;
  units: number;
  reserved: number;
  used: number;
  parts?: SlotPart[];
  /** Length of a part. */
  slotMinutes?: number;
  /** Of a person: the team he is in that day; empty for none. */
  team?: string;
}

/** Who looks after a customer: a person, a team, both or (both empty) nobody. His contacts take their units, where they work in the queue. */
export interface Owner {
  personId: string;
  teamId: string;
}

export const NO_OWNER: Owner = { personId: '', teamId: '' };

/** Where one unit is taken: of the same slot in every pool that it counts in, the queue first. */
export interface Hold {
  pools: readonly string[];
  /** `2026-03-02`, `2026-W10` or a name; of a part with the minute it begins: `2026-03-02T09:30`. */
  slot: string;
}

/** Slot whose units every new day of a queue begins with. */
export const DEFAULT_SLOT = 'default';

export const capacityId = (queue: string, slot: string): string => `${queue}|${slot}`;

/** Names of queues hold no `@`, so a pool is never mistaken for one. */
export const poolOf = (queue: string, kind: 'team' | 'person', id: string): string => `${queue}@${kind}:${id}`;

/** The pools of a queue that an owner's units may be in, the nearest first. */
export const poolsOfOwner = (queue: string, { personId, teamId }: Owner): string[] => [
  ...(personId === '' ? [] : [poolOf(queue, 'person', personId)]),
  ...(teamId === '' ? [] : [poolOf(queue, 'team', teamId)]),
];

/** The team that a hold counts in; empty for none. */
export function teamOfHold({ pools }: Hold): string {
  const [queue = '', ...others] = pools;
  const ofTeams = poolOf(queue, 'team', '');
  return others.find((pool) => pool.startsWith(ofTeams))?.slice(ofTeams.length) ?? '';
}

export const freeUnits = (counted: Pick<Capacity, 'units' | 'reserved' | 'used'>): number =>
  Math.max(0, counted.units - counted.reserved - counted.used);

/** @throws CAPACITY_FROM_SHIFTS for a day that shifts gave; CAPACITY_BELOW_RESERVED when more is already promised or done */
export function withUnits(capacity: Capacity, units: number): Capacity {
  if (capacity.parts !== undefined) {
    throw refused('CAPACITY_FROM_SHIFTS', 'The units of this day come from shifts: change those.');
  }
  const taken = capacity.reserved + capacity.used;
  if (units < taken) {
    throw refused('CAPACITY_BELOW_RESERVED', `${taken} units of this slot are already reserved or used.`, {
      taken: String(taken),
    });
  }
  return { ...capacity, units };
}

/** `09:30` of minute 570. */
export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

export const partSlot = (day: string, fromMinute: number): string => `${day}T${timeOf(fromMinute)}`;

const DAY_SLOT = /^\d{4}-\d{2}-\d{2}$/;
/** Whether a slot is a day: not a week, not a name, not a part of a day. */
export const isDay = (slot: string): boolean => DAY_SLOT.test(slot);

const PART_SLOT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})$/;

/** The slot that is stored, and the minute of the part; null for a slot without parts. */
export function splitSlot(slot: string): { day: string; fromMinute: number | null } {
  const [, day, hours, minutes] = PART_SLOT.exec(slot) ?? [];
  return day === undefined
    ? { day: slot, fromMinute: null }
    : { day, fromMinute: Number(hours) * 60 + Number(minutes) };
}

/** Ids of what a hold is counted in. */
export const holdIds = ({ pools, slot }: Hold): string[] =>
  slot === '' ? [] : pools.map((pool) => capacityId(pool, splitSlot(slot).day));

/** Counts units of a slot on: what enters (or leaves) `reserved`, what enters `used`. */
export function count(capacity: Capacity, slot: string, by: { reserved: number; used: number }): void {
  const { fromMinute } = splitSlot(slot);
  const part = capacity.parts?.find((one) => one.fromMinute === fromMinute);
  for (const counted of part === undefined ? [capacity] : [capacity, part]) {
    counted.reserved += by.reserved;
    counted.used += by.used;
  }
}

/** The same units in objects of its own. */
export const copyOf = (capacity: Capacity): Capacity => ({
  ...capacity,
  ...(capacity.parts && { parts: capacity.parts.map((part) => ({ ...part })) }),
});
