import { buildAgent, buildLead, buildQueue, buildSeat, NOON, secondsAfter } from '../testing/lead.factory';
import { Desk } from './desk';
import { LEAD_STATES, type Lead } from './lead';

const user = buildAgent();
const onSeat = { leadId: 'l', seatId: 'seat-1', user };
const HELD: readonly string[] = ['offered', 'accepted'];

const deskWith = (overrides: Partial<Lead>): Desk => {
  const isHeld = HELD.includes(overrides.state ?? '');
  const lead = buildLead({ leadId: 'l', ...overrides, seatId: isHeld ? 'seat-1' : '' });
  const next = buildLead({ leadId: 'next' });
  const seat = buildSeat({ openLeadIds: isHeld ? ['l'] : [] });
  const queues = new Map([buildQueue(), buildQueue({ queue: 'second' })].map((queue) => [queue.queue, queue]));
  const leads = new Map([lead, next].map((one) => [one.leadId, one]));
  return new Desk(queues, new Map([['seat-1', seat]]), leads, NOON);
};
const told = (desk: Desk): string[] => desk.changes.map(({ kind }) => kind);

describe('a lead whose decision is retracted', () => {
  it.each(LEAD_STATES.filter((state) => state !== 'accepted' && state !== 'closed'))(
    'ends without anybody talking about it: %s',
    (state) => {
      const desk = deskWith({ state, dueAt: secondsAfter(NOON, 60), callBackAt: secondsAfter(NOON, 60) });
      desk.retract('l', 'COMPLAINT_HOLD');
      desk.retract('l', 'CONSENT_MISSING');
      const ended = { state: 'closed', disposition: 'retracted', retractedReason: 'COMPLAINT_HOLD', seatId: '' };
      expect(desk.leadsToSave).toMatchObject([{ ...ended, closedAt: NOON, dueAt: undefined, callBackAt: undefined }]);
      expect(desk.changes).toMatchObject([{ kind: 'closed', outcome: 'released' }]);
    },
  );

  it('frees the seat that it was offered to, for the next', () => {
    const desk = deskWith({ state: 'offered' });
    desk.retract('l', 'COMPLAINT_HOLD');
    desk.assign([], []);
    expect(desk.seatsToSave).toMatchObject([{ openLeadIds: ['next'] }]);
    expect(told(desk)).toEqual(['closed', 'offered']);
  });

  it('stays with the seat that talks about it, which may end it and nothing else', () => {
    const desk = deskWith({ state: 'accepted' });
    desk.retract('l', 'CONSENT_MISSING');
    desk.retract('l', 'CONSENT_MISSING');
    expect(desk.leadsToSave).toMatchObject([
      { state: 'accepted', seatId: 'seat-1', retractedReason: 'CONSENT_MISSING' },
    ]);
    expect(told(desk)).toEqual(['retracted']);
    const later = { disposition: 'call_back' as const, note: '', callBackAt: secondsAfter(NOON, 60) };
    const reason = expect.objectContaining({ reason: 'CONTACT_RETRACTED' });
    expect(() => desk.dispose({ ...onSeat, ...later })).toThrow(reason);
    expect(() => desk.handOver({ ...onSeat, toQueue: 'second', toSeatId: '', note: '' })).toThrow(reason);
    const ended = desk.dispose({ ...onSeat, disposition: 'complaint', note: '' });
    expect(ended).toMatchObject({ state: 'closed', disposition: 'complaint', seatId: 'seat-1' });
  });

  it('that has ended stays as it ended, and one that is not known is none', () => {
    const desk = deskWith({ state: 'closed', disposition: 'converted' });
    desk.retract('l', 'COMPLAINT_HOLD');
    desk.retract('unknown', 'COMPLAINT_HOLD');
    expect([desk.leadsToSave, desk.changes]).toEqual([[], []]);
  });
});
