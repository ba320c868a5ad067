import fc from 'fast-check';
import type { CandidateRecord } from './decision';
import { allCandidates, countLeft, lettersOf, type CandidateList } from './left-candidates';
import { REASONS, type Reason } from './reason';

const listOf = (count: number): CandidateList => ({
  ...{ listId: 'l', strategyId: 's', strategyVersion: 3 },
  candidates: Array.from({ length: count }, (_, place) => ({ actionId: `a-${place}`, channel: 'app' })),
});
const whole = (list: CandidateList, place: number, reason: Reason): CandidateRecord => ({
  ...{ strategyId: 's', strategyVersion: 3, ...list.candidates[place]!, isChosen: reason === 'CHOSEN', reason },
  ...{ priority: null, shadowPropensity: 0.5, isExploration: false },
});

describe('candidates of which a record keeps the reason alone', () => {
  it('stand in their order beside those kept whole, each with its own reason', () => {
    const reasons = fc.array(fc.constantFrom(...REASONS), { maxLength: 60 });
    fc.assert(
      fc.property(reasons, fc.func(fc.boolean()), (given, isKept) => {
        const list = listOf(given.length);
        const places = given.map((_, place) => place).filter((place) => isKept(place));
        const kept = places.map((place) => whole(list, place, given[place]!));
        const letters = lettersOf(given.length, places, (place) => given[place]!);
        const all = allCandidates(kept, { listId: 'l', letters }, list);
        expect(all.map(({ actionId, reason }) => [actionId, reason])).toEqual(
          given.map((reason, place) => [`a-${place}`, reason]),
        );
        expect(all.filter(({ shadowPropensity }) => shadowPropensity > 0)).toEqual(kept);
      }),
    );
  });

  it('are counted by channel and reason, without those kept whole', () => {
    const given = fc.array(fc.tuple(fc.constantFrom('app', 'sms'), fc.constantFrom(...REASONS)), { maxLength: 60 });
    fc.assert(
      fc.property(given, fc.func(fc.boolean()), (all, isKept) => {
        const candidates = all.map(([channel], place) => ({ actionId: `a-${place}`, channel }));
        const kept = all.map((_, place) => place).filter((place) => isKept(place));
        const letters = lettersOf(all.length, kept, (place) => all[place]![1]);
        const counted = countLeft({ listId: 'l', letters }, { ...listOf(0), candidates });
        const pairs = counted.flatMap(({ channel, countByReason }) =>
          Object.entries(countByReason).flatMap(([reason, count]) =>
            Array.from({ length: count }, () => `${channel} ${reason}`),
          ),
        );
        const left = all.filter((_, place) => !kept.includes(place)).map(([channel, reason]) => `${channel} ${reason}`);
        expect(pairs.sort()).toEqual(left.sort());
      }),
    );
  });

  it('are stored by letters that never change', () => {
    const letters = (reasons: readonly Reason[]): string => lettersOf(reasons.length, [], (place) => reasons[place]!);
    expect(
      letters(['CHOSEN', 'STRATEGY_NOT_ACTIVE', 'ORG_OUT_OF_SCOPE', 'PAST_FACTS_UNKNOWN', 'NOT_IN_AUDIENCE']),
    ).toBe('ABCDE');
    expect(letters(['NOT_ELIGIBLE', 'NOT_APPLICABLE', 'NOT_SUITABLE', 'CONSENT_MISSING', 'COMPLAINT_HOLD'])).toBe(
      'FGHIJ',
    );
    expect(letters(['STAFFED_ONLY', 'ELDER_PROTECTED', 'HOLDOUT_GLOBAL', 'HOLDOUT_STRATEGY', 'SUPPRESSED'])).toBe(
      'KLMNO',
    );
    expect(letters(['QUIET_HOURS', 'BENEFIT_EXHAUSTED', 'CONTACT_LIMIT_OVERALL', 'CONTACT_LIMIT_CHANNEL'])).toBe(
      'PQRS',
    );
    expect(letters(['CONTACT_LIMIT_GROUP', 'HUMAN_CHANNEL_BUSY', 'CAPACITY_EXHAUSTED', 'QUOTA_EXHAUSTED'])).toBe(
      'TUVW',
    );
    expect(letters(['PUSH_LIMIT_EXHAUSTED', 'BUDGET_EXHAUSTED', 'OUTRANKED'])).toBe('XYZ');
    expect(new Set(letters(REASONS)).size).toBe(REASONS.length);
  });
});
