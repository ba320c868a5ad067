import fc from 'fast-check';
import type { Fact } from '../../domain/fact';
import type { Touch } from '../../domain/touch';
import {
  joinProfiles,
  mergeTimeline,
  nextPlace,
  placeOf,
  START,
  type TimelineEntry,
  type TimelinePlace,
} from './timeline-page';

const fact = (factId: string, at: number): Fact => ({
  factId,
  type: 'login',
  customerId: 'c',
  occurredAt: new Date(at),
  acceptedAt: new Date(at),
  data: {},
});
const touch = (entryId: string, at: number): Touch => ({
  entryId,
  customerId: 'c',
  type: 'lead',
  channel: 'branch',
  summary: '',
  data: {},
  occurredAt: new Date(at),
});

/** What the repositories do: up to a moment, newest first, behind the ones seen. */
const until = <T extends { occurredAt: Date }>(list: T[], place: TimelinePlace, limit: number): T[] =>
  list
    .filter(({ occurredAt }) => occurredAt <= place.until)
    .sort((a, b) => b.occurredAt.getTime() - a.occurredAt.getTime())
    .slice(0, limit);
/** What the profiles, each with every third entry, have on a page. */
const ofProfiles = <T extends { occurredAt: Date }>(
  list: T[],
  place: TimelinePlace,
  seen: number,
  limit: number,
): T[] =>
  joinProfiles(
    [0, 1, 2].map((profile) =>
      until(
        list.filter((_, index) => index % 3 === profile),
        place,
        limit + seen,
      ),
    ),
    seen,
  );

describe('timeline pages', () => {
  it('show every entry of every profile once, newest first, at any page size and with many of one moment', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4)), fc.array(fc.nat(4)), fc.integer({ min: 1, max: 5 }), (a, b, limit) => {
        const facts = a.map((at, i) => fact(`f-${i}`, at));
        const touches = b.map((at, i) => touch(`t-${i}`, at));
        const shown: TimelineEntry[] = [];
        let place = START;
        for (;;) {
          const page = mergeTimeline(
            ofProfiles(facts, place, place.factsSeen, limit),
            ofProfiles(touches, place, place.touchesSeen, limit),
          ).slice(0, limit);
          shown.push(...page);
          if (page.length < limit) break;
          place = placeOf(nextPlace(place, page));
        }
        expect(new Set(shown.map(({ entryId }) => entryId)).size).toBe(shown.length);
        expect(shown).toHaveLength(facts.length + touches.length);
        const times = shown.map(({ occurredAt }) => occurredAt.getTime());
        expect(times).toEqual([...times].sort((x, y) => y - x));
      }),
    );
  });
});
