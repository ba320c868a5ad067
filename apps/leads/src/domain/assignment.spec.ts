import fc from 'fast-check';
import { buildLead, buildQueue, buildSeat, NOON, secondsAfter } from '../testing/lead.factory';
import { assign } from './assignment';
import { isKeptFrom, type Lead } from './lead';
import type { Queue } from './queue';
import { compareRank } from './rank';
import { roomOf, serves, type Seat } from './seat';

const SKILLS = ['', 'wealth', 'loans'];
const queues = new Map<string, Queue>(
  SKILLS.map((skill, index) => [`q${index}`, buildQueue({ queue: `q${index}`, skill })] as const),
);

const TEAMS = ['', '', 'north', 'south'];

const seatArb = fc
  .record({
    teamId: fc.constantFrom(...TEAMS),
    queues: fc.subarray([...queues.keys()]),
    skills: fc.subarray(['wealth', 'loans']),
    capacity: fc.integer({ min: 1, max: 4 }),
    open: fc.integer({ min: 0, max: 5 }),
    state: fc.constantFrom('available' as const, 'away' as const),
  })
  .map(({ open, ...seat }) => ({ ...seat, openLeadIds: Array.from({ length: open }, (_, i) => `open-${i}`) }));
const leadArb = fc.record({
  queue: fc.constantFrom(...queues.keys()),
  priority: fc.integer({ min: 0, max: 3 }),
  urgency: fc.constantFrom(0, 0, 1),
  age: fc.integer({ min: 0, max: 3 }),
  cooling: fc.subarray([0, 1, 2]),
  teamId: fc.constantFrom(...TEAMS),
});

const build = (
  seatDrafts: Partial<Seat>[],
  leadDrafts: (Pick<Lead, 'queue' | 'priority' | 'urgency' | 'teamId'> & { age: number; cooling: number[] })[],
): { seats: Seat[]; leads: Lead[] } => ({
  seats: seatDrafts.map((seat, i) => buildSeat({ ...seat, seatId: `s${i}` })),
  leads: leadDrafts.map(({ age, cooling, ...lead }, i) =>
    buildLead({
      ...lead,
      leadId: `l${i}`,
      createdAt: secondsAfter(NOON, -age),
      coolOffs: cooling.map((seat) => ({ seatId: `s${seat}`, until: secondsAfter(NOON, seat === 2 ? 0 : 30) })),
    }),
  ),
});

describe('assigning leads to seats', () => {
  it('keeps capacity, skill, team and cool-offs, gives a lead to one seat, and leaves no lead that a free seat could take', () => {
    fc.assert(
      fc.property(
        fc.array(seatArb, { maxLength: 6 }),
        fc.array(leadArb, { maxLength: 12 }),
        (seatDrafts, leadDrafts) => {
          const { seats, leads } = build(seatDrafts, leadDrafts);
          const offers = assign(queues, seats, leads, NOON);
          expect(new Set(offers.map((made) => made.leadId)).size).toBe(offers.length);
          const suits = (lead: Lead, seat: Seat): boolean =>
            serves(seat, queues.get(lead.queue) as Queue) &&
            !isKeptFrom(lead, seat) &&
            !lead.coolOffs.some((coolOff) => coolOff.seatId === seat.seatId && coolOff.until > NOON);
          const roomLeft = (seat: Seat): number =>
            roomOf(seat) - offers.filter((made) => made.seatId === seat.seatId).length;
          for (const { leadId, seatId } of offers) {
            const [lead, seat] = [leads.find((l) => l.leadId === leadId), seats.find((s) => s.seatId === seatId)];
            expect(suits(lead as Lead, seat as Seat)).toBe(true);
          }
          for (const seat of seats) expect(roomLeft(seat)).toBeGreaterThanOrEqual(0);
          const left = leads.filter((lead) => !offers.some((made) => made.leadId === lead.leadId));
          for (const lead of left) expect(seats.some((seat) => roomLeft(seat) > 0 && suits(lead, seat))).toBe(false);
        },
      ),
    );
  });

  it('never offers a lead while a better one of the same queue waits without cool-offs', () => {
    fc.assert(
      fc.property(
        fc.array(seatArb, { maxLength: 6 }),
        fc.array(leadArb, { maxLength: 12 }),
        (seatDrafts, leadDrafts) => {
          const { seats, leads } = build(
            seatDrafts,
            leadDrafts.map((lead) => ({ ...lead, cooling: [], teamId: '' })),
          );
          const offered = new Set(assign(queues, seats, leads, NOON).map((made) => made.leadId));
          for (const given of leads.filter((lead) => offered.has(lead.leadId))) {
            const passedOver = leads.filter((lead) => lead.queue === given.queue && !offered.has(lead.leadId));
            for (const lead of passedOver) expect(compareRank(given, lead)).toBeLessThan(0);
          }
        },
      ),
    );
  });

  it('does not depend on the order in which seats and leads were read', () => {
    fc.assert(
      fc.property(
        fc.array(seatArb, { maxLength: 5 }),
        fc.array(leadArb, { maxLength: 8 }),
        (seatDrafts, leadDrafts) => {
          const { seats, leads } = build(seatDrafts, leadDrafts);
          const there = assign(queues, seats, leads, NOON);
          expect(assign(queues, [...seats].reverse(), [...leads].reverse(), NOON)).toEqual(there);
        },
      ),
    );
  });

  it('gives a call-back to the seat that promised it, when that seat is free', () => {
    const seats = [buildSeat({ seatId: 'a', queues: ['q0'] }), buildSeat({ seatId: 'b', queues: ['q0'] })];
    const lead = buildLead({ leadId: 'l', queue: 'q0', preferredSeatId: 'b' });
    expect(assign(queues, seats, [lead], NOON)).toEqual([{ leadId: 'l', seatId: 'b' }]);
    expect(assign(queues, seats.slice(0, 1), [lead], NOON)).toEqual([{ leadId: 'l', seatId: 'a' }]);
  });

  it('spreads leads over the least busy seats', () => {
    const seats = [
      buildSeat({ seatId: 'a', queues: ['q0'], capacity: 3, openLeadIds: ['x'] }),
      buildSeat({ seatId: 'b', queues: ['q0'], capacity: 3 }),
    ];
    const leads = [1, 2, 3].map((n) => buildLead({ leadId: `l${n}`, queue: 'q0' }));
    expect(assign(queues, seats, leads, NOON).map((made) => made.seatId)).toEqual(['b', 'a', 'b']);
  });
});
