import type { BankCalendar } from '@tidegate/bank-calendar';
import { zonedMs } from './local-time';
import type { QuietHours } from './contact-policy';
import { opensAt, type QuietPlace } from './quiet-hours';

/** A slot of people's time in force, in minutes of the bank's day; `toMinute` is not included. A week or a name has no day. */
export interface OpenSlot {
  slot: string;
  day: string;
  fromMinute: number;
  toMinute: number;
}

/** The slots of a queue that have units at all, the earliest first; the same list as long as they are the same. */
export type SlotsOf = (queue: string) => readonly OpenSlot[];

/** When contacts on a channel can take place in the slots of a queue. */
export interface PromiseTimes {
  /** Slots that may be worked at once, with the moment at which each ends. */
  now: ReadonlyMap<string, number>;
  /** Slots that begin later, with when: at their beginning, or when quiet hours end in them. Those that are quiet throughout are left out. */
  later: ReadonlyMap<string, Date>;
}

interface Moment {
  policy: { quietHours: readonly QuietHours[]; timeZone: string };
  now: Date;
  calendar: BankCalendar;
}

/** Null when every slot may be worked at once, or there is none: then a contact is for now. */
export function promiseTimesOf(
  slots: readonly OpenSlot[],
  place: QuietPlace,
  zone: string,
  { policy: { quietHours, timeZone }, now, calendar }: Moment,
): PromiseTimes | null {
  const atOnce = new Map<string, number>();
  const later = new Map<string, Date>();
  for (const { slot, day, fromMinute, toMinute } of slots) {
    const fromMs = day === '' ? -Infinity : zonedMs(timeZone, day, fromMinute);
    const toMs = day === '' ? Infinity : zonedMs(timeZone, day, toMinute);
    if (fromMs <= now.getTime()) {
      atOnce.set(slot, toMs);
      continue;
    }
    const at = opensAt(quietHours, place, zone, { from: new Date(fromMs), toMs }, calendar);
    if (at !== null) later.set(slot, at);
  }
  return atOnce.size === slots.length ? null : { now: atOnce, later };
}
