import { buildLead, buildQueue, buildSeat, NOON, secondsAfter } from '../testing/lead.factory';
import { followCapacity } from './capacity-move';
import type { Hours } from './channel-hours';
import { Desk } from './desk';
import type { Lead } from './lead';

const EIGHT = secondsAfter(NOON, 72_000);
const NINE_PM = secondsAfter(NOON, 32_400);

const deskWith = (overrides: Partial<Lead>, now = NOON): Desk => {
  const lead = buildLead({ leadId: 'l', ...overrides });
  const leads = new Map([['l', lead]]);
  return new Desk(new Map([['remote', buildQueue()]]), new Map([['seat-1', buildSeat()]]), leads, now);
};
const offers = (desk: Desk): number => desk.assign([], []);
const told = (desk: Desk, hours: Hours): Desk => {
  desk.keepHours('l', hours);
  return desk;
};

describe('a lead whose channel closes', () => {
  it('is offered until then, and from then on only once it was asked about', () => {
    const waiting = { state: 'waiting', quietFrom: NINE_PM } as const;
    expect(offers(deskWith(waiting, secondsAfter(NINE_PM, -1)))).toBe(1);
    expect(offers(deskWith(waiting, NINE_PM))).toBe(0);
    expect(offers(deskWith({ ...waiting, urgency: 1 }, NINE_PM))).toBe(1);
    const open = told(deskWith(waiting, NINE_PM), { kind: 'open', quietFrom: EIGHT });
    expect(open.leadsToSave).toMatchObject([{ state: 'waiting', quietFrom: EIGHT }]);
    expect([open.queuesWithNews, offers(open)]).toEqual([['remote'], 1]);
  });

  it('waits until it opens, and is offered then', () => {
    const closing = secondsAfter(EIGHT, 46_800);
    const quiet = told(deskWith({ quietFrom: NINE_PM }, NINE_PM), { kind: 'quiet', until: EIGHT, quietFrom: closing });
    const [kept] = quiet.leadsToSave;
    expect(kept).toMatchObject({ state: 'scheduled', promisedAt: EIGHT, dueAt: EIGHT, quietFrom: closing });
    const morning = deskWith({ ...kept! }, EIGHT);
    morning.timeUp('l');
    expect(offers(morning)).toBe(1);
  });

  it('is asked about again where nothing is known of the time after', () => {
    const quiet = told(deskWith({ quietFrom: NOON }), { kind: 'quiet', until: EIGHT, quietFrom: undefined });
    const later = deskWith({ ...quiet.leadsToSave[0]! }, EIGHT);
    later.timeUp('l');
    expect([later.leadsToSave[0]?.state, offers(later)]).toEqual(['waiting', 0]);
  });

  it('ends where the policy discards what is wanted then', () => {
    const desk = told(deskWith({ quietFrom: NOON }), { kind: 'discarded', quietFrom: undefined });
    expect(desk.changes).toMatchObject([{ kind: 'closed', outcome: 'released', lead: { disposition: 'unreachable' } }]);
  });

  it.each([
    ['is not to be asked about', { quietFrom: secondsAfter(NOON, 1) }],
    ['never closes', {}],
    ['was promised to the customer', { quietFrom: NOON, urgency: 1 }],
    ['somebody talks about', { quietFrom: NOON, state: 'accepted' as const, seatId: 'seat-1' }],
  ])('that %s stays as it is, whatever is answered', (_name, overrides) => {
    const desk = told(deskWith(overrides), { kind: 'discarded', quietFrom: undefined });
    expect([desk.leadsToSave, desk.changes]).toEqual([[], []]);
  });

  it('is asked about anew when its people’s time moves', () => {
    const move = { leadId: 'l', queue: 'remote', teamId: '', isReleased: false, moveCount: 1 };
    const moved = (overrides: Partial<Lead>, promisedAt?: Date): Lead =>
      followCapacity(buildLead({ leadId: 'l', ...overrides }), buildQueue(), { ...move, promisedAt }, NOON).lead;
    expect(moved({ quietFrom: EIGHT }, NINE_PM)).toMatchObject({ promisedAt: NINE_PM, quietFrom: NINE_PM });
    expect(moved({ quietFrom: EIGHT })).toMatchObject({ quietFrom: NOON });
    expect(moved({}, NINE_PM).quietFrom).toBeUndefined();
  });
});
