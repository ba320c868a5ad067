import fc from 'fast-check';
import { buildLead, buildQueue, buildSeat, NOON } from '../testing/lead.factory';
import { Desk } from './desk';
import { LEAD_STATES, type Lead } from './lead';
import { holdsBack, isOver, newStates, type StrategyState } from './strategy-state';

const HELD: readonly string[] = ['offered', 'accepted'];
const deskWith = (overrides: Partial<Lead>): Desk => {
  const isHeld = HELD.includes(overrides.state ?? '');
  const lead = buildLead({ leadId: 'l', ...overrides, seatId: isHeld ? 'seat-1' : '' });
  const other = buildLead({ leadId: 'other', strategyId: 's2' });
  const seat = buildSeat({ openLeadIds: isHeld ? ['l'] : [] });
  return new Desk(
    new Map([['remote', buildQueue()]]),
    new Map([['seat-1', seat]]),
    new Map([lead, other].map((one) => [one.leadId, one])),
    NOON,
  );
};
const offered = (desk: Desk): string[] =>
  desk.changes.flatMap((change) => (change.kind === 'offered' ? change.lead.leadId : []));

describe('leads of a paused strategy', () => {
  it('are offered to nobody, and make room for the next', () => {
    const desk = deskWith({ state: 'waiting', priority: 9 });
    desk.holdBack(['s1']);
    desk.assign([], []);
    expect(offered(desk)).toEqual(['other']);
  });

  it('are offered all the same where the customer was promised the call', () => {
    const desk = deskWith({ state: 'waiting', urgency: 1 });
    desk.holdBack(['s1']);
    desk.assign([], []);
    expect(offered(desk)).toEqual(['l']);
  });
});

describe('leads of a strategy that is over', () => {
  it.each(['scheduled', 'waiting', 'offered'] as const)('end: %s', (state) => {
    const desk = deskWith({ state });
    desk.stop('l');
    desk.stop('l');
    const ended = { state: 'closed', disposition: 'retracted', retractedReason: 'STRATEGY_STOPPED', seatId: '' };
    expect(desk.leadsToSave).toMatchObject([ended]);
    expect(desk.changes).toMatchObject([{ kind: 'closed', outcome: 'released' }]);
    expect(desk.getSeat('seat-1').openLeadIds).toEqual([]);
  });

  it.each([
    ...LEAD_STATES.filter((state) => !['scheduled', 'waiting', 'offered'].includes(state)).map((state) => ({ state })),
    { state: 'waiting' as const, urgency: 1 },
  ])('go on as they are: $state', (overrides) => {
    const desk = deskWith(overrides);
    desk.stop('l');
    expect([desk.leadsToSave, desk.changes]).toEqual([[], []]);
  });
});

const PLACED = { orgPath: 'hq', queues: [] };

it.each([
  ['published', undefined, false, false],
  ['published', new Date(NOON.getTime() + 1), false, false],
  ['published', NOON, true, true],
  ['paused', undefined, true, false],
  ['paused', NOON, true, true],
  ['retired', undefined, true, true],
] as const)(
  'a strategy that is %s and ends at %s holds its leads back: %s, and is over: %s',
  (state, endsAt, ...is) => {
    const strategy = { strategyId: 's1', revision: 1, state, ...PLACED, ...(endsAt && { endsAt }) };
    expect([holdsBack(strategy, NOON), isOver(strategy, NOON)]).toEqual(is);
  },
);

it('the last word about a strategy counts, in whatever order it is told', () => {
  const word = fc.record({
    strategyId: fc.constantFrom('s1', 's2'),
    revision: fc.integer({ min: 1, max: 6 }),
  });
  fc.assert(
    fc.property(fc.array(word), fc.array(fc.nat(9)), (words, cuts) => {
      // What a revision says is always the same.
      const told = words.map((one): StrategyState => ({ ...one, ...PLACED, state: `r${one.revision}` }));
      const known = new Map<string, StrategyState>();
      const ends = [...cuts.map((cut) => Math.min(cut, told.length)), told.length].sort((a, b) => a - b);
      let from = 0;
      for (const end of ends) {
        for (const one of newStates(known, told.slice(from, end))) known.set(one.strategyId, one);
        from = end;
      }
      for (const id of new Set(words.map(({ strategyId }) => strategyId))) {
        const newest = Math.max(...words.filter((one) => one.strategyId === id).map(({ revision }) => revision));
        expect(known.get(id)?.revision).toBe(newest);
      }
    }),
  );
});
