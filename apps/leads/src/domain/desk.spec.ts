import fc from 'fast-check';
import { buildAgent, buildLead, buildQueue, buildSeat, NOON, secondsAfter } from '../testing/lead.factory';
import { Desk } from './desk';
import { DISPOSITIONS } from './disposition';
import type { Lead } from './lead';
import type { Queue } from './queue';
import type { Seat } from './seat';

interface Office {
  queues: Map<string, Queue>;
  seats: Map<string, Seat>;
  leads: Map<string, Lead>;
}

const office = (seats: Seat[], leads: Lead[], queues: Queue[] = [buildQueue()]): Office => ({
  queues: new Map(queues.map((queue) => [queue.queue, queue])),
  seats: new Map(seats.map((seat) => [seat.seatId, seat])),
  leads: new Map(leads.map((lead) => [lead.leadId, lead])),
});

/** Runs commands as one commit does, and stores the result. */
function commit(at: Office, now: Date, work: (desk: Desk) => void): Desk {
  const desk = new Desk(at.queues, new Map(at.seats), new Map(at.leads), now);
  work(desk);
  desk.assign(
    [...at.leads.values()].filter((lead) => lead.state === 'waiting'),
    [...at.seats.values()],
  );
  for (const lead of desk.leadsToSave) at.leads.set(lead.leadId, lead);
  for (const seat of desk.seatsToSave) at.seats.set(seat.seatId, seat);
  return desk;
}

const kinds = (desk: Desk): string[] =>
  desk.changes.map((change) => (change.kind === 'returned' ? change.cause : change.kind));
const user = buildAgent();
const onSeat = { seatId: 'seat-1', user };

describe('the desk', () => {
  it('offers, accepts, closes, and offers the next lead to the freed seat in the same commit', () => {
    const at = office(
      [buildSeat()],
      [buildLead({ leadId: 'low', priority: 1 }), buildLead({ leadId: 'high', priority: 2 })],
    );
    commit(at, NOON, (desk) => desk.feed('remote'));
    expect(at.leads.get('high')).toMatchObject({ state: 'offered', seatId: 'seat-1', attemptCount: 1 });
    commit(at, NOON, (desk) => desk.accept({ leadId: 'high', ...onSeat }));
    const desk = commit(at, NOON, (d) =>
      d.dispose({ leadId: 'high', ...onSeat, disposition: 'converted', note: 'yes' }),
    );
    expect(desk.changes).toMatchObject([
      { kind: 'closed', outcome: 'converted' },
      { kind: 'offered', agentId: 'agent-1' },
    ]);
    expect(at.seats.get('seat-1')?.openLeadIds).toEqual(['low']);
  });

  it('leaves a declined lead alone for its decliner while its cool-off lasts, then offers it again', () => {
    const at = office([buildSeat()], [buildLead({ leadId: 'l' })]);
    commit(at, NOON, (desk) => desk.feed('remote'));
    const desk = commit(at, NOON, (d) => d.decline({ leadId: 'l', ...onSeat, reason: 'busy' }));
    expect(kinds(desk)).toEqual(['declined']);
    const dueAt = at.leads.get('l')?.dueAt as Date;
    expect(dueAt).toEqual(secondsAfter(NOON, 60));
    commit(at, dueAt, (d) => d.timeUp('l'));
    expect(at.leads.get('l')).toMatchObject({ state: 'offered', attemptCount: 2 });
  });

  it('hands a timed-out lead to the next seat, and after the last attempt to the overflow queue, at last to nobody', () => {
    const queues = [
      buildQueue({ maxAttempts: 2, overflowQueue: 'second' }),
      buildQueue({ queue: 'second', channel: 'branch', orgPath: 'hq/east', maxAttempts: 1 }),
    ];
    const seats = ['seat-1', 'seat-2'].map((seatId) =>
      buildSeat({ seatId, agentId: seatId, queues: ['remote', 'second'] }),
    );
    const at = office(seats, [buildLead({ leadId: 'l' })], queues);
    commit(at, NOON, (desk) => desk.feed('remote'));
    expect(kinds(commit(at, secondsAfter(NOON, 60), (d) => d.timeUp('l')))).toEqual(['timed_out', 'offered']);
    expect(at.leads.get('l')?.seatId).toBe('seat-2');
    expect(kinds(commit(at, secondsAfter(NOON, 119), (d) => d.timeUp('l')))).toEqual([]);
    const moved = commit(at, secondsAfter(NOON, 120), (d) => d.timeUp('l'));
    expect(kinds(moved)).toEqual(['timed_out', 'overflowed', 'offered']);
    expect(at.leads.get('l')).toMatchObject({
      queue: 'second',
      channel: 'branch',
      orgPath: 'hq/east',
      attemptCount: 1,
    });
    const ended = commit(at, secondsAfter(NOON, 180), (d) => d.timeUp('l'));
    expect(ended.changes).toMatchObject([{ cause: 'timed_out' }, { kind: 'closed', outcome: 'released' }]);
    expect(at.leads.get('l')).toMatchObject({ state: 'closed', disposition: 'unreachable' });
    expect(at.seats.get('seat-1')?.openLeadIds).toEqual([]);
  });

  it.each([
    ['ends a lead whose time was given up when the seat that was asked lets it go', false],
    ['keeps it with the seat that takes it up', true],
  ])('%s', (_, isTaken) => {
    const at = office([buildSeat()], [buildLead({ leadId: 'l' })], [buildQueue({ overflowQueue: 'remote-2' })]);
    commit(at, NOON, (desk) => desk.feed('remote'));
    at.leads.set('l', { ...at.leads.get('l')!, isGivenUp: true });
    if (isTaken) commit(at, NOON, (desk) => desk.accept({ leadId: 'l', ...onSeat }));
    else commit(at, secondsAfter(NOON, 60), (desk) => desk.timeUp('l'));
    const kept = { state: 'accepted', isGivenUp: undefined };
    expect(at.leads.get('l')).toMatchObject(isTaken ? kept : { state: 'closed', disposition: 'unreachable' });
    expect(at.seats.get('seat-1')?.openLeadIds).toEqual(isTaken ? ['l'] : []);
  });

  it('overflows a lead that waited too long', () => {
    const queues = [buildQueue({ maxWaitSeconds: 300, overflowQueue: 'second' }), buildQueue({ queue: 'second' })];
    const at = office([], [buildLead({ leadId: 'l' }, queues[0])], queues);
    expect(at.leads.get('l')?.dueAt).toEqual(secondsAfter(NOON, 300));
    expect(kinds(commit(at, secondsAfter(NOON, 300), (d) => d.timeUp('l')))).toEqual(['overflowed']);
    expect(at.leads.get('l')).toMatchObject({ queue: 'second', dueAt: undefined });
  });

  it('puts a due call-back before better leads, with the seat that promised it', () => {
    const at = office([buildSeat()], [buildLead({ leadId: 'l' })]);
    commit(at, NOON, (desk) => desk.feed('remote'));
    commit(at, NOON, (desk) => desk.accept({ leadId: 'l', ...onSeat }));
    const callBackAt = secondsAfter(NOON, 3600);
    commit(at, NOON, (d) =>
      d.dispose({ leadId: 'l', ...onSeat, disposition: 'call_back', note: 'at one', callBackAt }),
    );
    expect(at.leads.get('l')).toMatchObject({ state: 'call_back', seatId: '', preferredSeatId: 'seat-1' });
    expect(at.seats.get('seat-1')?.openLeadIds).toEqual([]);
    at.leads.set('better', buildLead({ leadId: 'better', priority: 99 }));
    commit(at, callBackAt, (d) => d.timeUp('l'));
    expect(at.leads.get('l')).toMatchObject({ state: 'offered', seatId: 'seat-1' });
  });

  it('takes offers back from a seat that goes away, but leaves what was accepted', () => {
    const at = office([buildSeat({ capacity: 2 })], [buildLead({ leadId: 'a' }), buildLead({ leadId: 'b' })]);
    commit(at, NOON, (desk) => desk.feed('remote'));
    commit(at, NOON, (desk) => desk.accept({ leadId: 'a', ...onSeat }));
    const desk = commit(at, NOON, (d) => d.setSeatState('seat-1', 'away', user));
    expect(kinds(desk)).toEqual(['seat_away']);
    expect([at.leads.get('a')?.state, at.leads.get('b')?.state]).toEqual(['accepted', 'waiting']);
  });

  it.each([
    ['a stranger', { user: buildAgent('other') }, 'SEAT_NOT_YOURS'],
    [
      'a team leader of elsewhere',
      { user: { ...buildAgent('tl'), roles: ['team_leader'], orgPath: 'h' } },
      'SEAT_NOT_YOURS',
    ],
    ['an unknown seat', { seatId: 'none' }, 'SEAT_NOT_FOUND'],
    ['an unknown lead', { leadId: 'none' }, 'LEAD_NOT_FOUND'],
    ['another seat', { seatId: 'seat-2' }, 'NOT_OFFERED_TO_SEAT'],
  ])('refuses %s', (_name, overrides, reason) => {
    const at = office([buildSeat(), buildSeat({ seatId: 'seat-2', queues: [] })], [buildLead({ leadId: 'l' })]);
    commit(at, NOON, (desk) => desk.feed('remote'));
    const desk = new Desk(at.queues, at.seats, at.leads, NOON);
    expect(() => desk.accept({ leadId: 'l', ...onSeat, ...overrides })).toThrow(expect.objectContaining({ reason }));
    expect(desk.leadsToSave).toEqual([]);
  });

  it('refuses an answer after the offer ran out, and a disposition without acceptance', () => {
    const at = office([buildSeat()], [buildLead({ leadId: 'l' })]);
    commit(at, NOON, (desk) => desk.feed('remote'));
    const late = new Desk(at.queues, at.seats, at.leads, secondsAfter(NOON, 60));
    expect(() => late.accept({ leadId: 'l', ...onSeat })).toThrow(expect.objectContaining({ reason: 'OFFER_EXPIRED' }));
    expect(() => late.dispose({ leadId: 'l', ...onSeat, disposition: 'converted', note: '' })).toThrow(
      expect.objectContaining({ reason: 'LEAD_MOVE_NOT_ALLOWED' }),
    );
  });

  it.each([
    ['none', undefined],
    ['the past', NOON],
    ['too late', secondsAfter(NOON, 31 * 86_400)],
  ])('refuses a call-back at %s', (_name, callBackAt) => {
    const at = office(
      [buildSeat({ openLeadIds: ['l'] })],
      [buildLead({ leadId: 'l', state: 'accepted', seatId: 'seat-1' })],
    );
    const desk = new Desk(at.queues, at.seats, at.leads, NOON);
    expect(() => desk.dispose({ leadId: 'l', ...onSeat, disposition: 'call_back', note: '', callBackAt })).toThrow(
      expect.objectContaining({ reason: 'CALL_BACK_TIME_INVALID' }),
    );
  });

  it('keeps seats and leads in step under any sequence of commands', () => {
    const ids = { lead: ['l0', 'l1', 'l2', 'l3', 'l4'], seat: ['s0', 's1', 's2'] };
    const step = fc.record({
      kind: fc.constantFrom('accept', 'decline', 'dispose', 'away', 'available', 'time', 'shrink', 'grow', 'retract'),
      lead: fc.constantFrom(...ids.lead),
      seat: fc.constantFrom(...ids.seat),
      disposition: fc.constantFrom(...DISPOSITIONS),
      seconds: fc.integer({ min: 0, max: 90 }),
    });
    const queues = [
      buildQueue({ maxAttempts: 2, overflowQueue: 'second', maxWaitSeconds: 200 }),
      buildQueue({ queue: 'second', skill: 'x', maxAttempts: 1 }),
    ];
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const seats = ids.seat.map((seatId, i) =>
          buildSeat({ seatId, capacity: i + 1, queues: ['remote', 'second'], skills: i === 1 ? ['x'] : [] }),
        );
        const at = office(
          seats,
          ids.lead.map((leadId, i) => buildLead({ leadId, priority: i }, queues[0])),
          queues,
        );
        let now = NOON;
        for (const { kind, lead, seat: seatId, disposition, seconds } of steps) {
          now = secondsAfter(now, seconds);
          commit(at, now, (desk) => {
            const holder = at.leads.get(lead)?.seatId || seatId;
            const answer = { leadId: lead, seatId: holder, user };
            for (const leadId of ids.lead) if (kind === 'time') desk.timeUp(leadId);
            try {
              if (kind === 'accept') desk.accept(answer);
              if (kind === 'decline') desk.decline({ ...answer, reason: '' });
              if (kind === 'dispose') {
                desk.dispose({ ...answer, disposition, note: '', callBackAt: secondsAfter(now, 60) });
              }
              if (kind === 'away' || kind === 'available') desk.setSeatState(seatId, kind, user);
              if (kind === 'shrink') desk.setUpSeat({ ...desk.getSeat(seatId), skills: [], capacity: 1 }, user);
              if (kind === 'retract') desk.retract(lead, 'COMPLAINT_HOLD');
              if (kind === 'grow') desk.setUpSeat({ ...desk.getSeat(seatId), skills: ['x'], capacity: 3 }, user);
            } catch (error) {
              expect(error).toHaveProperty('reason');
            }
          });
          checkInStep(at);
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** Each open lead is on exactly the seat that it names, and no available seat took more than its capacity allowed. */
function checkInStep(at: Office): void {
  for (const lead of at.leads.values()) {
    const holders = [...at.seats.values()].filter((seat) => seat.openLeadIds.includes(lead.leadId));
    const isOpen = lead.state === 'offered' || lead.state === 'accepted';
    expect(holders.map((seat) => seat.seatId)).toEqual(isOpen ? [lead.seatId] : []);
    // A retracted lead is in a talk that goes on, or over.
    if (lead.retractedReason !== '') expect(['accepted', 'closed']).toContain(lead.state);
    if (lead.state !== 'closed') expect(lead.attemptCount).toBeLessThanOrEqual(2);
  }
  for (const seat of at.seats.values()) expect(seat.openLeadIds.length).toBeLessThanOrEqual(3);
}
