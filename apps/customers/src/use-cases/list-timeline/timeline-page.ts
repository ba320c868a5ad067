import { pageTokenInvalid } from '@tidegate/mongo';
import type { Fact } from '../../domain/fact';
import type { Touch } from '../../domain/touch';

/** One line of the timeline, with the profile that it is of and where it is kept. */
export type TimelineEntry = Omit<Touch, 'data'> & { data: Record<string, unknown>; isFact: boolean };

/** Where a page begins: at a moment, behind the entries of that moment that were shown. */
export interface TimelinePlace {
  until: Date;
  factsSeen: number;
  touchesSeen: number;
}

export const START: TimelinePlace = { until: new Date(8_640_000_000_000_000), factsSeen: 0, touchesSeen: 0 };

/** @throws PAGE_TOKEN_INVALID for a token of another list */
export function placeOf(token: string[]): TimelinePlace {
  const [until = Number.NaN, factsSeen = Number.NaN, touchesSeen = Number.NaN] = token.map(Number);
  const isPlace = [until, factsSeen, touchesSeen].every(Number.isSafeInteger) && factsSeen >= 0 && touchesSeen >= 0;
  if (!isPlace || until > START.until.getTime()) throw pageTokenInvalid();
  return { until: new Date(until), factsSeen, touchesSeen };
}

/** The place behind the last entry of a page, as the keys of a page token. */
export function nextPlace(place: TimelinePlace, entries: readonly TimelineEntry[]): string[] {
  const until = entries.at(-1)?.occurredAt ?? place.until;
  const isSameMoment = until.getTime() === place.until.getTime();
  const ofMoment = entries.filter((entry) => entry.occurredAt.getTime() === until.getTime());
  const facts = ofMoment.filter((entry) => entry.isFact).length + (isSameMoment ? place.factsSeen : 0);
  const touches = ofMoment.filter((entry) => !entry.isFact).length + (isSameMoment ? place.touchesSeen : 0);
  return [String(until.getTime()), String(facts), String(touches)];
}

/** Both lists, newest first each, as one. */
export function mergeTimeline(facts: readonly Fact[], touches: readonly Touch[]): TimelineEntry[] {
  return newestFirst([...facts.map(ofFact), ...touches.map(ofTouch)]);
}

/**
 * What several profiles have of one kind, as one list behind the entries that were shown: `lists` begin at the page's moment, newest
 * first each, and are always given in the same order.
 */
export const joinProfiles = <T extends { occurredAt: Date }>(lists: readonly T[][], seen: number): T[] =>
  newestFirst(lists.flat()).slice(seen);

/** Stable: what is of one moment stays in the order of its own list. */
const newestFirst = <T extends { occurredAt: Date }>(entries: T[]): T[] =>
  entries.sort((a, b) => b.occurredAt.getTime() - a.occurredAt.getTime());

const ofFact = ({ factId, customerId, type, data, occurredAt }: Fact): TimelineEntry => ({
  entryId: factId,
  customerId,
  type,
  channel: typeof data.channel === 'string' ? data.channel : '',
  summary: type,
  data,
  occurredAt,
  isFact: true,
});

const ofTouch = (touch: Touch): TimelineEntry => ({ ...touch, isFact: false });
