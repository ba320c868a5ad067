import { isAtOrBelow } from '@tidegate/org-path';
import * as fc from 'fast-check';
import type { ListMember } from './list-member';
import {
  newPlacements,
  NO_COUNTS,
  placeMembers,
  recallMembers,
  totalOf,
  withCounts,
  type Placement,
} from './placement';
import { SplitBoard } from './split-board';
import { isSuitable, openOf, type Receiver, type SplitPlan } from './split-plan';

const NOW = new Date('2026-03-02T02:00:00Z');
const PATHS = ['hq', 'hq/east', 'hq/east/sh', 'hq/west', 'hq/west/cd'];
const RELATIONS = ['owner', 'employer', 'outlet', 'anyone'];

const plan = (overrides: Partial<SplitPlan> = {}): SplitPlan => ({
  teamIds: ['t1', 't2'],
  relations: ['owner', 'outlet', 'anyone'],
  topic: '',
  minWillingness: 0,
  minAbility: 0,
  personQuota: 0,
  teamQuotas: [],
  recallAfterDays: 0,
  maxRounds: 3,
  ...overrides,
});
const receiver = (id: string, overrides: Partial<Receiver> = {}): Receiver => ({
  id,
  teamId: 't1',
  orgPath: 'hq/east',
  willingness: 3,
  ability: 3,
  capacity: 10,
  quota: 0,
  relations: [],
  ...overrides,
});
const member = (customerId: string, overrides: Partial<ListMember> = {}): ListMember => ({
  customerId,
  externalId: `x-${customerId}`,
  reason: '',
  orgPath: 'hq/east/sh',
  relations: ['', ''],
  ...overrides,
});
const many = (count: number, overrides: Partial<ListMember> = {}) =>
  Array.from({ length: count }, (_, i) => member(`c${i}`, overrides));

function split(members: ListMember[], receivers: Receiver[], by: SplitPlan) {
  const board = new SplitBoard(by, receivers, ['ownerId', 'employer']);
  let placements = newPlacements(members);
  for (const relation of by.relations) {
    const rows = members.map((each, i) => ({ member: each, placement: placements[i] ?? null }));
    placements = placeMembers(board, relation, rows, { now: NOW, isAgain: false });
  }
  return { placements, holdings: board.holdings };
}
const reasonsOf = (placements: (Placement | null)[]) => placements.map((each) => each?.reason);

describe('a split', () => {
  it('gives the owner his own first, then the nearest team, then anyone', () => {
    const receivers = [
      receiver('amy', { orgPath: 'hq/east/sh' }),
      receiver('bob', { orgPath: 'hq/east' }),
      receiver('cat', { orgPath: 'hq/west', teamId: 't2' }),
    ];
    const members = [
      member('of-cat', { relations: ['cat', ''] }),
      member('of-sh'),
      member('of-east', { orgPath: 'hq/east/nb' }),
      member('of-nowhere', { orgPath: 'hq/south' }),
    ];
    const { placements } = split(members, receivers, plan());
    expect(placements.map((each) => [each?.receiver, each?.relation])).toEqual([
      [2, 'owner'],
      [0, 'outlet'],
      [1, 'outlet'],
      [expect.any(Number), 'anyone'],
    ]);
    expect(reasonsOf(split(members, receivers, plan({ relations: ['owner', 'outlet'] })).placements)).toEqual([
      '',
      '',
      '',
      'NO_RELATION',
    ]);
  });

  it('goes up the organisation when the nearest team is full', () => {
    const receivers = [receiver('amy', { orgPath: 'hq/east/sh', capacity: 1 }), receiver('bob', { capacity: 1 })];
    const { placements } = split(many(3), receivers, plan({ relations: ['outlet'] }));
    expect(placements.map((each) => each?.receiver)).toEqual([0, 1, -1]);
    expect(placements[2]?.reason).toBe('CAPACITY_FULL');
  });

  it('gives by willingness times ability', () => {
    const receivers = [
      receiver('amy', { willingness: 4, ability: 4, capacity: 1_000 }),
      receiver('bob', { willingness: 4, ability: 2, capacity: 1_000 }),
    ];
    const { holdings } = split(many(300), receivers, plan());
    expect(holdings.map(({ placed }) => placed)).toEqual([200, 100]);
  });

  it('gives nothing to whoever is not willing or able enough, and says so', () => {
    const receivers = [receiver('amy', { willingness: 0 }), receiver('bob', { ability: 1 })];
    const { placements } = split(many(1), receivers, plan({ minAbility: 2 }));
    expect(reasonsOf(placements)).toEqual(['NOBODY_SUITABLE']);
  });

  it('places by a relation such as the employer', () => {
    const receivers = [receiver('amy', { relations: [{ attribute: 'employer', value: 'ACME' }] }), receiver('bob')];
    const { placements } = split(
      [member('c1', { relations: ['', 'ACME'] }), member('c2', { relations: ['', 'Other'] })],
      receivers,
      plan({ relations: ['employer'] }),
    );
    expect(placements.map((each) => each?.receiver)).toEqual([0, -1]);
  });

  const cases = fc.record({
    receivers: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom(...'abcdefgh'),
        teamId: fc.constantFrom('t1', 't2'),
        orgPath: fc.constantFrom(...PATHS),
        willingness: fc.integer({ min: 0, max: 5 }),
        ability: fc.integer({ min: 0, max: 5 }),
        capacity: fc.integer({ min: 0, max: 12 }),
        quota: fc.integer({ min: 0, max: 9 }),
        relations: fc.array(
          fc.record({ attribute: fc.constant('employer'), value: fc.constantFrom('ACME', 'Other') }),
          { maxLength: 2 },
        ),
      }),
      { selector: ({ id }) => id, maxLength: 8 },
    ),
    members: fc.array(
      fc.record({
        reason: fc.constantFrom('', '', '', 'CONSENT_MISSING', 'HOLDOUT_GLOBAL'),
        orgPath: fc.constantFrom(...PATHS),
        relations: fc.tuple(fc.constantFrom('', ...'abcdefgh', 'nobody'), fc.constantFrom('', 'ACME', 'Other')),
      }),
      { maxLength: 60 },
    ),
    plan: fc.record({
      relations: fc.uniqueArray(fc.constantFrom(...RELATIONS), { minLength: 1 }),
      minWillingness: fc.integer({ min: 0, max: 3 }),
      minAbility: fc.integer({ min: 0, max: 3 }),
      quota: fc.integer({ min: 0, max: 15 }),
    }),
  });

  it('never exceeds a quota or a capacity, places everyone it can or says why not, and is the same every time', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const by = plan({ ...given.plan, teamQuotas: [{ teamId: 't1', quota: given.plan.quota }] });
        const members = given.members.map((each, i) => member(`c${i}`, { ...each, relations: [...each.relations] }));
        const { receivers } = given;
        const { placements, holdings } = split(members, receivers, by);
        expect(split(members, receivers, by).placements).toEqual(placements);
        receivers.forEach(({ capacity, quota }, i) => {
          const placed = placements.filter((each) => each?.receiver === i).length;
          expect(holdings[i]?.placed).toBe(placed);
          expect(placed).toBeLessThanOrEqual(capacity);
          if (quota > 0) expect(placed).toBeLessThanOrEqual(quota);
        });
        const ofTeam = placements.filter((each) => each && receivers[each.receiver]?.teamId === 't1').length;
        if (given.plan.quota > 0) expect(ofTeam).toBeLessThanOrEqual(given.plan.quota);
        members.forEach(({ reason, orgPath, relations }, i) => {
          const placement = placements[i] ?? null;
          if (reason !== '') return expect(placement).toBeNull();
          expect(placement!.receiver >= 0).toBe(placement!.reason === '');
          if (placement!.receiver >= 0) return expect(isSuitable(receivers[placement!.receiver]!, by)).toBe(true);
          const hasRoom = receivers.some((each, index) => {
            const holding = holdings[index]!;
            const isRelated =
              by.relations.includes('anyone') ||
              (by.relations.includes('outlet') && isAtOrBelow(orgPath, each.orgPath)) ||
              (by.relations.includes('owner') && relations[0] === each.id) ||
              (by.relations.includes('employer') && each.relations.some(({ value }) => value === relations[1]));
            const isFull =
              openOf(holding) >= each.capacity ||
              (each.quota > 0 && holding.placed >= each.quota) ||
              (each.teamId === 't1' && given.plan.quota > 0 && ofTeam >= given.plan.quota);
            return isRelated && isSuitable(each, by) && !isFull;
          });
          expect(hasRoom).toBe(false);
        });
        const counts = withCounts(NO_COUNTS, placements);
        const passed = members.filter(({ reason }) => reason === '').length;
        expect(totalOf(counts.placedByRelation) + totalOf(counts.unplacedByReason)).toBe(passed);
      }),
    );
  });

  it('goes on after a stop at any member as if there had been none', () => {
    fc.assert(
      fc.property(cases, fc.nat({ max: 60 }), (given, stop) => {
        const by = plan({ ...given.plan, relations: ['anyone'] });
        const members = given.members.map((each, i) => member(`c${i}`, { ...each, reason: '', relations: ['', ''] }));
        const whole = split(members, given.receivers, by);
        const first = split(members.slice(0, stop), given.receivers, by);
        const board = new SplitBoard(by, given.receivers, ['ownerId'], first.holdings);
        const rest = members.slice(stop).map((each) => ({ member: each, placement: newPlacements([each])[0] ?? null }));
        const second = placeMembers(board, 'anyone', rest, { now: NOW, isAgain: false });
        const receiversOf = (placements: (Placement | null)[]) => placements.map((each) => each?.receiver);
        expect(receiversOf([...first.placements, ...second])).toEqual(receiversOf(whole.placements));
      }),
    );
  });
});

describe('an adjustment', () => {
  const DISPATCHED = NOW.getTime();
  const later = (days: number) => new Date(DISPATCHED + days * 86_400_000);
  const by = plan({ recallAfterDays: 3, relations: ['outlet'], maxRounds: 2 });
  const receivers = [receiver('amy', { capacity: 2 }), receiver('bob', { capacity: 2 })];
  const adjust = (
    members: ListMember[],
    before: ReturnType<typeof split>,
    touchedAtMs: Record<string, number>,
    days: number,
  ) => {
    const now = later(days);
    const board = new SplitBoard(by, receivers, ['ownerId'], before.holdings);
    const rows = members.map(({ customerId }, i) => ({
      placement: before.placements[i] ?? null,
      touch: customerId in touchedAtMs ? { touchedAtMs: touchedAtMs[customerId]! } : undefined,
    }));
    const result = recallMembers(board, by, rows, { now, touchesSinceMs: DISPATCHED - 2, dispatchedAtMs: DISPATCHED });
    const next = members.map((each, i) => ({ member: each, placement: result.placements[i] ?? null }));
    const placements = placeMembers(board, 'outlet', next, { now, isAgain: true });
    return { ...result, placements, holdings: board.holdings };
  };

  it('recalls who was not touched for the days of the plan, and gives him to somebody else', () => {
    const members = many(5);
    const before = split(members, receivers, by);
    expect(before.placements.map((each) => each?.receiver)).toEqual([0, 1, 0, 1, -1]);
    expect(adjust(members, before, {}, 2)).toMatchObject({ recalledCount: 0 });
    // The second while the list was still being handed over, the third before.
    const touched = { c0: DISPATCHED + 5, c1: DISPATCHED - 1, c2: DISPATCHED - 5 };
    const after = adjust(members, before, touched, 3);
    expect(after).toMatchObject({ touchedCount: 2, recalledCount: 2 });
    // The fifth was never dispatched, so nobody gets him now.
    expect(after.placements.map((each) => each?.receiver)).toEqual([0, 1, 1, 0, -1]);
    expect(after.placements[2]).toMatchObject({ recalledFrom: [0], isMoving: true, placedAtMs: later(3).getTime() });
    const last = adjust(members, { placements: after.placements, holdings: after.holdings }, touched, 6);
    expect(reasonsOf(last.placements).slice(2, 4)).toEqual(['ROUNDS_USED_UP', 'ROUNDS_USED_UP']);
    expect(last.holdings).toEqual([
      { placed: 1, touched: 1, recalled: 2 },
      { placed: 1, touched: 1, recalled: 2 },
    ]);
  });

  it('names those for whom there is nobody else', () => {
    const alone = [receiver('amy')];
    const members = many(1);
    const board = new SplitBoard(by, alone, ['ownerId']);
    const placed = placeMembers(board, 'outlet', [{ member: members[0]!, placement: newPlacements(members)[0]! }], {
      now: NOW,
      isAgain: false,
    });
    const rows = [{ placement: placed[0] ?? null, touch: undefined }];
    const next = new SplitBoard(by, alone, ['ownerId'], board.holdings);
    const { placements } = recallMembers(next, by, rows, {
      now: later(4),
      touchesSinceMs: DISPATCHED,
      dispatchedAtMs: DISPATCHED,
    });
    const again = placeMembers(next, 'outlet', [{ member: members[0]!, placement: placements[0]! }], {
      now: later(4),
      isAgain: true,
    });
    expect(reasonsOf(again)).toEqual(['NOBODY_ELSE']);
  });
});
