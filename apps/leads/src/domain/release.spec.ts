import { buildAgent, buildLead, buildQueue, buildSeat, NOON, secondsAfter } from '../testing/lead.factory';
import { Desk } from './desk';
import { LEAD_STATES, type Lead } from './lead';

const leader = { id: 'leader', kind: 'staff', roles: ['team_leader'], orgPath: 'hq' };
const HELD: readonly string[] = ['offered', 'accepted'];
const deskWith = (overrides: Partial<Lead>): Desk => {
  const isHeld = HELD.includes(overrides.state ?? '');
  const lead = buildLead({ leadId: 'l', ...overrides, seatId: isHeld ? 'seat-1' : '' });
  const seat = buildSeat({ openLeadIds: isHeld ? ['l'] : [] });
  return new Desk(new Map([['remote', buildQueue()]]), new Map([['seat-1', seat]]), new Map([['l', lead]]), NOON);
};
const refusedWith = (reason: string) => expect.objectContaining({ reason });
const of = { leadId: 'l', note: 'wrong number' };
const callBack = {
  state: 'call_back',
  preferredSeatId: 'seat-1',
  callBackCount: 1,
  callBackAt: NOON,
  dueAt: NOON,
} as const;

describe('a lead that is let go', () => {
  it.each(LEAD_STATES.filter((state) => state !== 'accepted' && state !== 'closed'))('ends: %s', (state) => {
    const desk = deskWith({ state });
    const ended = desk.release({ ...of, user: leader });
    expect(ended).toMatchObject({ state: 'closed', disposition: 'released', note: 'wrong number', seatId: '' });
    expect(ended.dueAt).toBeUndefined();
    expect(desk.changes).toMatchObject([{ kind: 'closed', outcome: 'released' }]);
    expect(desk.getSeat('seat-1').openLeadIds).toEqual([]);
  });

  it.each(['accepted', 'closed'] as const)('is not one that is %s', (state) => {
    expect(() => deskWith({ state }).release({ ...of, user: leader })).toThrow(refusedWith('LEAD_MOVE_NOT_ALLOWED'));
  });

  it('is of the leader’s organisation, or a call-back that the agent promised himself', () => {
    const notYours = refusedWith('LEAD_NOT_YOURS');
    const agent = buildAgent();
    expect(() => deskWith(callBack).release({ ...of, user: { ...leader, orgPath: 'hq/west' } })).toThrow(notYours);
    expect(() => deskWith(callBack).release({ ...of, user: buildAgent('agent-2') })).toThrow(notYours);
    expect(() => deskWith({ state: 'waiting', preferredSeatId: 'seat-1' }).release({ ...of, user: agent })).toThrow(
      notYours,
    );
    expect(deskWith(callBack).release({ ...of, user: agent })).toMatchObject({ state: 'closed' });
    // Once it is due, whoever was handed the lead, or owns the customer, promised nothing.
    const due = { ...callBack, state: 'waiting', urgency: 1 } as const;
    expect(() => deskWith(due).release({ ...of, user: agent })).toThrow(notYours);
  });
});

describe('a call-back', () => {
  const at = secondsAfter(NOON, 3_600);

  it('is had at another time, by who promised it and no oftener counted', () => {
    const desk = deskWith(callBack);
    const moved = desk.release({ ...of, user: buildAgent(), callBackAt: at });
    expect(moved).toMatchObject({ state: 'call_back', callBackAt: at, dueAt: at, callBackCount: 1, note: of.note });
    expect(desk.changes).toEqual([]);
  });

  it('is not had in the past, nor made of a lead that is none', () => {
    const release = (overrides: Partial<Lead>, callBackAt: Date) => () =>
      deskWith(overrides).release({ ...of, user: leader, callBackAt });
    expect(release(callBack, NOON)).toThrow(refusedWith('CALL_BACK_TIME_INVALID'));
    expect(release(callBack, secondsAfter(NOON, 31 * 86_400))).toThrow(refusedWith('CALL_BACK_TIME_INVALID'));
    expect(release({ state: 'waiting' }, at)).toThrow(refusedWith('LEAD_MOVE_NOT_ALLOWED'));
  });
});
