import * as fc from 'fast-check';
import { beginAdjustment, leaversOf, startSplit, withReceivers, type ListSplit } from './list-split';
import type { ListMember } from './list-member';
import { newPlacements, placeMembers, recallMembers, type Placement } from './placement';
import { SplitBoard } from './split-board';
import { NOTHING, openOf, PEOPLE_MAX, type Receiver, type SplitPlan } from './split-plan';

const NOW = new Date('2026-03-02T02:00:00Z');
const plan: SplitPlan = {
  teamIds: ['t1', 't2'],
  relations: ['anyone'],
  topic: '',
  minWillingness: 0,
  minAbility: 0,
  personQuota: 0,
  teamQuotas: [],
  recallAfterDays: 0,
  maxRounds: 1,
};
const person = (id: string, overrides: Partial<Receiver> = {}): Receiver => ({
  id,
  teamId: 't1',
  orgPath: 'hq',
  willingness: 3,
  ability: 3,
  capacity: 10,
  quota: 0,
  relations: [],
  ...overrides,
});
const people = (...ids: string[]) => ids.map((id) => person(id));
const splitTo = (...ids: string[]): ListSplit => withReceivers(startSplit('l1', plan, NOW), people(...ids));
const members = Array.from({ length: 6 }, (_, i): ListMember => {
  const customerId = `c${i}`;
  return { customerId, externalId: `x-${customerId}`, reason: '', orgPath: 'hq', relations: [''] };
});

type Board = { split: ListSplit; placements: (Placement | null)[] };
const boardOf = (split: ListSplit) => new SplitBoard(split.plan, split.receivers, ['ownerId'], split.holdings);
function place({ split, placements }: Board, isAgain: boolean): Board {
  const board = boardOf(split);
  const rows = members.map((member, i) => ({ member, placement: placements[i] ?? null }));
  const placed = placeMembers(board, 'anyone', rows, { now: NOW, isAgain });
  return { split: { ...split, holdings: board.holdings }, placements: placed };
}
function adjust(before: Board, now: Receiver[], touched: string[] = []): Board {
  const split = beginAdjustment(before.split, now, NOW);
  const board = boardOf(split);
  const rows = before.placements.map((placement, i) => ({
    placement,
    touch: touched.includes(members[i]!.customerId) ? { touchedAtMs: NOW.getTime() } : undefined,
  }));
  const times = { now: NOW, touchesSinceMs: 0, dispatchedAtMs: NOW.getTime(), leavers: leaversOf(split) };
  const { placements } = recallMembers(board, split.plan, rows, times);
  return place({ split: { ...split, holdings: board.holdings }, placements }, true);
}
const ownersOf = ({ split, placements }: Board) =>
  placements.map((each) => split.receivers[each?.receiver ?? -1]?.id ?? '');
const placed = (...ids: string[]): Board =>
  place({ split: splitTo(...ids), placements: newPlacements(members) }, false);

describe('an adjusted split', () => {
  it('gives what the one who left had not touched to whoever joined, at once, as no round', () => {
    const before = placed('amy');
    expect(new Set(ownersOf(before))).toEqual(new Set(['amy']));
    const after = adjust(before, people('bo'), ['c2']);
    expect(ownersOf(after)).toEqual(['bo', 'bo', 'amy', 'bo', 'bo', 'bo']);
    expect(after.split.holdings).toEqual([
      { placed: 1, touched: 1, recalled: 5 },
      { placed: 5, touched: 0, recalled: 0 },
    ]);
    // Who came back has not left.
    expect([...leaversOf(beginAdjustment(after.split, people('amy', 'bo'), NOW))]).toEqual([]);
  });

  it('takes nothing from those who stay where nobody is recalled by time', () => {
    const before = placed('amy', 'bo');
    expect(ownersOf(adjust(before, people('amy', 'bo', 'cy')))).toEqual(ownersOf(before));
  });

  it('gives nothing to whoever left', () => {
    const after = adjust(placed('amy', 'bo'), people('amy'));
    expect(new Set(ownersOf(after))).toEqual(new Set(['amy']));
  });

  it('takes somebody of two teams once, and no more people than a list is split to', () => {
    const twice = [person('amy'), person('bo'), person('bo', { teamId: 't2' })];
    expect(beginAdjustment(splitTo('amy'), twice, NOW).receivers.map(({ id }) => id)).toEqual(['amy', 'bo']);
    const many = people(...Array.from({ length: PEOPLE_MAX + 5 }, (_, i) => `p${i}`));
    expect(beginAdjustment(splitTo('amy'), many, NOW).receivers).toHaveLength(PEOPLE_MAX);
  });

  it('leaves everybody his place, and exceeds no capacity, whoever comes and goes', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 1 });
    fc.assert(
      fc.property(ids, fc.array(ids, { minLength: 1, maxLength: 5 }), (first, teams) => {
        let board = placed(...first);
        for (const team of teams) {
          const before = board.split.receivers.map(({ id }) => id);
          board = adjust(
            board,
            team.map((id) => person(id, { capacity: 2 })),
          );
          const { receivers, holdings } = board.split;
          expect(receivers.slice(0, before.length).map(({ id }) => id)).toEqual(before);
          expect(new Set(receivers.map(({ id }) => id)).size).toBe(receivers.length);
          expect(holdings).toHaveLength(receivers.length);
          receivers.forEach(({ id }, i) => {
            const holding = holdings[i] ?? NOTHING;
            expect(holding.placed).toBe(board.placements.filter((each) => each?.receiver === i).length);
            if (!team.includes(id)) expect(openOf(holding)).toBe(0);
            else if (!first.includes(id)) expect(openOf(holding)).toBeLessThanOrEqual(2);
          });
        }
      }),
    );
  });
});
