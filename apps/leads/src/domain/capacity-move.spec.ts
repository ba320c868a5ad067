import { buildLead, buildQueue, NOON, secondsAfter } from '../testing/lead.factory';
import { followCapacity, lastMoves, type CapacityMove } from './capacity-move';

const queue = buildQueue();
const hour = (hours: number): Date => secondsAfter(NOON, hours * 3_600);
const move = (overrides: Partial<CapacityMove> = {}): CapacityMove => ({
  leadId: 'lead-d1',
  promisedAt: hour(2),
  queue: 'remote',
  teamId: '',
  isReleased: false,
  moveCount: 1,
  ...overrides,
});

it('waits for the new slot, or ends when none is left', () => {
  const lead = buildLead({ state: 'scheduled', promisedAt: hour(1) });
  expect(followCapacity(lead, queue, move(), NOON).lead).toMatchObject({ state: 'scheduled', promisedAt: hour(2) });
  const ended = followCapacity(lead, queue, move({ isReleased: true }), NOON);
  expect(ended).toMatchObject({ lead: { state: 'closed', disposition: 'unreachable' }, outcome: 'released' });
});

it('stays as it is for a move that is out of date or told again', () => {
  const lead = buildLead({ state: 'scheduled', promisedAt: hour(3), capacityMoveCount: 2 });
  for (const moveCount of [1, 2]) expect(followCapacity(lead, queue, move({ moveCount }), NOON)).toEqual({ lead });
});

it('is the team’s whose time it is now, unless it went on to another queue', () => {
  const lead = buildLead({ state: 'waiting', teamId: 'east' });
  const teamAfter = (overrides: Partial<CapacityMove>): string =>
    followCapacity(lead, queue, move({ promisedAt: undefined, ...overrides }), NOON).lead.teamId;
  expect(teamAfter({ teamId: 'west' })).toBe('west');
  expect(teamAfter({ teamId: '' })).toBe('');
  expect(teamAfter({ teamId: 'west', queue: 'branch' })).toBe('east');
});

it('stays with whom works it', () => {
  const lead = buildLead({ state: 'accepted', seatId: 'seat-1' });
  for (const isReleased of [true, false]) {
    expect(followCapacity(lead, queue, move({ isReleased }), NOON)).toEqual({
      lead: { ...lead, capacityMoveCount: 1 },
    });
  }
});

it('waits for the answer of the seat that is asked just now', () => {
  const lead = buildLead({ state: 'offered', seatId: 'seat-1' });
  const { lead: after, outcome } = followCapacity(lead, queue, move({ isReleased: true }), NOON);
  expect([after, outcome]).toEqual([{ ...lead, capacityMoveCount: 1, isGivenUp: true }, undefined]);
});

it('is called again as it was promised, though nothing is held for it any more', () => {
  const lead = buildLead({ state: 'waiting', urgency: 1 });
  expect(followCapacity(lead, queue, move({ isReleased: true }), NOON)).toEqual({
    lead: { ...lead, capacityMoveCount: 1 },
  });
});

it('takes the last of several moves, in whichever order they are told', () => {
  const moves = [move(), move({ moveCount: 2, isReleased: true }), move({ leadId: 'lead-d2', moveCount: 5 })];
  for (const told of [moves, [...moves].reverse()]) {
    const last = lastMoves(told).sort((a, b) => a.leadId.localeCompare(b.leadId));
    expect(last).toEqual([moves[1], moves[2]]);
  }
});
