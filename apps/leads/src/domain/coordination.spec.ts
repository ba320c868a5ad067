import fc from 'fast-check';
import { buildAgent, buildLead, buildQueue, buildSeat, NOON, secondsAfter } from '../testing/lead.factory';
import { Desk } from './desk';
import type { Lead, RouteStep } from './lead';
import { promise } from './lead-moves';
import { ownKeysOf, rankKey, teamKeysOf } from './rank';
import { checkRoute, startRoute } from './route';
import { checkEntry, knownAnswers, type ThreadEntry } from './thread';

const HOUR_SECONDS = 3_600;
const rm = buildQueue({ queue: 'rm', channel: 'branch' });
const outlet = buildQueue({ queue: 'outlet', channel: 'branch' });
const remote = buildQueue({ queue: 'remote' });
const queues = new Map([rm, outlet, remote].map((queue) => [queue.queue, queue]));
const ROUTE: RouteStep[] = [
  { to: 'owner', queue: 'rm', waitMinutes: 60 },
  { to: 'queue', queue: 'outlet', waitMinutes: 120 },
  { to: 'queue', queue: 'remote', waitMinutes: 0 },
];
const owned = (overrides: Partial<Lead> = {}): Lead => ({
  ...buildLead({ queue: 'outlet', ownerId: 'agent-1' }, outlet),
  route: ROUTE,
  ...overrides,
});
const ownerSeat = buildSeat({ queues: ['rm'] });
const deskOf = (leads: Lead[], seats = [ownerSeat], now = NOON, talking = new Map<string, string>()): Desk =>
  new Desk(
    queues,
    new Map(seats.map((seat) => [seat.seatId, seat])),
    new Map(leads.map((l) => [l.leadId, l])),
    now,
    talking,
  );
const saved = (desk: Desk): Lead => desk.leadsToSave[0]!;

describe('an order of precedence', () => {
  it('begins with the relationship manager alone, goes on to the outlet, then to the remote bank, each with its reason', () => {
    const first = startRoute(owned(), queues, [ownerSeat], NOON);
    expect(first).toMatchObject({ queue: 'rm', onlySeatId: 'seat-1', stepEndsAt: secondsAfter(NOON, HOUR_SECONDS) });
    const stranger = buildSeat({ seatId: 'seat-2', agentId: 'agent-2', queues: ['rm'] });
    expect(deskOf([first]).assign([first], [stranger])).toBe(1);
    expect(deskOf([first], []).assign([first], [stranger])).toBe(0);

    const early = deskOf([first], [], secondsAfter(NOON, HOUR_SECONDS - 1));
    early.timeUp(first.leadId);
    expect(early.leadsToSave).toEqual([]);
    const later = deskOf([first], [], secondsAfter(NOON, HOUR_SECONDS));
    later.timeUp(first.leadId);
    const second = saved(later);
    expect(second).toMatchObject({ queue: 'outlet', onlySeatId: '', routeStep: 1 });
    expect(later.changes).toMatchObject([{ kind: 'returned', cause: 'escalated', personId: '' }]);
    const last = deskOf([second], [], second.stepEndsAt!);
    last.timeUp(second.leadId);
    expect(saved(last)).toMatchObject({ queue: 'remote', stepEndsAt: undefined, dueAt: undefined });
    expect(saved(last).steps.map(({ cause, queue }) => `${cause} ${queue}`)).toEqual([
      'created outlet',
      'created rm',
      'untouched outlet',
      'untouched remote',
    ]);
  });

  it('leaves the relationship manager out when he has no seat there', () => {
    expect(startRoute(owned({ ownerId: 'nobody' }), queues, [ownerSeat], NOON)).toMatchObject({
      queue: 'outlet',
      routeStep: 1,
      steps: [{ cause: 'created' }, { cause: 'owner_absent', queue: 'outlet' }],
    });
  });

  it('leaves him out where his seat has not the skill, and finds another of his that has', () => {
    const skilled = new Map([...queues, ['rm', { ...rm, skill: 'wealth' }]]);
    expect(startRoute(owned(), skilled, [ownerSeat], NOON)).toMatchObject({ queue: 'outlet', onlySeatId: '' });
    const able = buildSeat({ seatId: 'seat-2', queues: ['rm'], skills: ['wealth'] });
    expect(startRoute(owned(), skilled, [ownerSeat, able], NOON)).toMatchObject({ queue: 'rm', onlySeatId: 'seat-2' });
  });

  it('ends with an acceptance, whatever the time', () => {
    const first = startRoute(owned(), queues, [ownerSeat], NOON);
    const desk = deskOf([first]);
    desk.assign([first], []);
    desk.accept({ leadId: first.leadId, seatId: 'seat-1', user: buildAgent() });
    expect(saved(desk)).toMatchObject({ state: 'accepted', onlySeatId: '', stepEndsAt: undefined });
  });

  it.each([
    ['a queue and a strategy', { queue: 'outlet' }],
    ['neither', { strategyId: '' }],
    ['an owner who comes second', { steps: [ROUTE[1]!, ROUTE[0]!] }],
    ['a first step without end', { steps: [{ ...ROUTE[0]!, waitMinutes: 0 }, ROUTE[1]!] }],
    ['a step to no queue', { steps: [{ to: 'queue' as const, queue: '', waitMinutes: 0 }] }],
  ])('is refused with %s', (_name, overrides) => {
    const route = { orgPath: 'hq', strategyId: 's', actionId: '', queue: '', steps: ROUTE, ...overrides };
    expect(() => checkRoute(route)).toThrow(expect.objectContaining({ reason: 'VALIDATION_FAILED' }));
  });

  it('keeps to the team whose time was reserved as long as it stays in that queue, and goes on to anybody', () => {
    const lead = owned({ teamId: 'east' });
    const elsewhere = startRoute(lead, queues, [ownerSeat], NOON);
    expect(elsewhere).toMatchObject({ queue: 'rm', onlySeatId: 'seat-1', teamId: '' });
    expect(startRoute({ ...lead, ownerId: 'nobody' }, queues, [ownerSeat], NOON)).toMatchObject({
      queue: 'outlet',
      teamId: 'east',
    });
    const route: RouteStep[] = [
      { to: 'queue', queue: 'outlet', waitMinutes: 60 },
      { to: 'queue', queue: 'outlet', waitMinutes: 0 },
    ];
    const here = startRoute({ ...lead, route }, queues, [], NOON);
    expect(here).toMatchObject({ queue: 'outlet', teamId: 'east' });
    const later = deskOf([here], [], here.stepEndsAt!);
    later.timeUp(here.leadId);
    expect(saved(later)).toMatchObject({ queue: 'outlet', teamId: '' });
  });

  it('keeps leads of one team after all others, team by team, and a seat’s own apart', () => {
    const ofTeam = (teamId: string, onlySeatId = ''): string =>
      rankKey(buildLead({ teamId, onlySeatId, priority: 1e9 }));
    expect(rankKey(buildLead({ priority: -1e9 })) < ofTeam('east')).toBe(true);
    const { from, to } = teamKeysOf('east');
    const isIn = (key: string): boolean => key >= from && key < to;
    expect(
      [ofTeam('east'), ofTeam('east2'), ofTeam('east}'), ofTeam('eas'), ofTeam('east', 'seat-1')].map(isIn),
    ).toEqual([...[true, false, false, false, false]]);
    const seat = ownKeysOf('seat-1');
    expect(ofTeam('east', 'seat-1') >= seat.from && ofTeam('east', 'seat-1') < seat.to).toBe(true);
  });

  it('keeps leads of one seat after all others, seat by seat', () => {
    const general = rankKey(buildLead({ priority: -1e9 }));
    const own = (onlySeatId: string): string => rankKey(buildLead({ onlySeatId, priority: 1e9 }));
    expect(general < own('a')).toBe(true);
    for (const seatId of ['a', 'a.b', 'A_1']) {
      const { from, to } = ownKeysOf(seatId);
      expect([own(seatId) >= from, own(seatId) < to, own(`${seatId}x`) < to && own(`${seatId}x`) >= from]).toEqual([
        true,
        true,
        false,
      ]);
    }
  });
});

describe('a customer who comes by himself', () => {
  const here = buildSeat({ seatId: 'here', agentId: 'agent-2', queues: ['outlet'] });
  const arrival = {
    seatId: 'here',
    customerId: 'c1',
    otherCustomerIds: [],
    channel: 'walk_in' as const,
    note: 'asks for the rate',
    user: buildAgent('agent-2'),
    inboundLeadId: 'inbound-1',
  };

  it('is served about the lead that another seat was offered, and that seat loses it', () => {
    const offered = buildLead({ state: 'offered', seatId: 'seat-1' });
    const there = buildSeat({ openLeadIds: [offered.leadId] });
    const desk = deskOf([offered], [there, here], NOON, new Map([['c1', offered.leadId]]));
    expect(desk.takeOver(arrival)).toMatchObject({
      isInbound: false,
      lead: { state: 'accepted', seatId: 'here', queue: 'outlet' },
    });
    expect(desk.getSeat('seat-1').openLeadIds).toEqual([]);
    expect(desk.getSeat('here').openLeadIds).toEqual([offered.leadId]);
    expect(desk.changes).toMatchObject([
      { kind: 'returned', cause: 'taken_over', personId: 'agent-2', lead: { seatId: '', queue: 'outlet' } },
      { kind: 'accepted', lead: { seatId: 'here' } },
    ]);
    expect(desk.notes).toMatchObject([{ authorId: 'agent-2', channel: 'walk_in', text: 'asks for the rate' }]);
    expect(desk.takeOver(arrival).lead.leadId).toBe(offered.leadId);
  });

  it.each(['scheduled', 'waiting', 'call_back'] as const)('is served about a lead that is %s', (state) => {
    const desk = deskOf([buildLead({ state })], [here]);
    expect(desk.takeOver(arrival)).toMatchObject({
      isInbound: false,
      lead: { state: 'accepted', promisedAt: undefined },
    });
  });

  it('begins a lead of no decision when none is open', () => {
    const desk = deskOf([buildLead({ state: 'closed' })], [here]);
    expect(desk.takeOver(arrival)).toMatchObject({ isInbound: true, lead: { leadId: 'inbound-1', decisionId: '' } });
    expect(desk.changes.map(({ kind }) => kind)).toEqual(['created', 'accepted']);
    expect([...desk.talksToSave]).toEqual([['c1', 'inbound-1']]);
    expect([desk.leadsToAdd.map(({ leadId }) => leadId), desk.leadsToSave]).toEqual([['inbound-1'], []]);
  });

  it('is left to the seat that talks to him already', () => {
    const desk = deskOf([buildLead({ state: 'accepted', seatId: 'seat-1' })], [buildSeat(), here]);
    const busy = expect.objectContaining({
      reason: 'CUSTOMER_IN_CONVERSATION',
      metadata: expect.objectContaining({ seatId: 'seat-1' }),
    });
    expect(() => desk.takeOver(arrival)).toThrow(busy);
    const bare = { ...here, queues: [] };
    expect(() => deskOf([], [bare]).takeOver(arrival)).toThrow(
      expect.objectContaining({ reason: 'SEAT_WITHOUT_QUEUE' }),
    );
  });
});

it('hands an accepted lead over, ahead of others and to whom it is meant for', () => {
  const lead = buildLead({ state: 'accepted', seatId: 'seat-1' });
  const next = buildSeat({ seatId: 'next', agentId: 'agent-2', queues: ['outlet'] });
  const desk = deskOf([lead], [buildSeat({ openLeadIds: [lead.leadId] }), next], NOON, new Map([['c1', lead.leadId]]));
  const answer = {
    leadId: lead.leadId,
    seatId: 'seat-1',
    user: buildAgent(),
    toQueue: 'outlet',
    toSeatId: 'next',
    note: 'wants 3 years',
  };
  expect(desk.handOver(answer)).toMatchObject({
    state: 'waiting',
    queue: 'outlet',
    urgency: 1,
    preferredSeatId: 'next',
  });
  expect([...desk.talksToSave]).toEqual([['c1', '']]);
  expect(desk.changes).toMatchObject([{ kind: 'returned', cause: 'handed_over', personId: 'agent-2' }]);
  expect(() => desk.handOver(answer)).toThrow(expect.objectContaining({ reason: 'LEAD_MOVE_NOT_ALLOWED' }));
  expect(() => desk.handOver({ ...answer, toQueue: 'none' })).toThrow(
    expect.objectContaining({ reason: 'QUEUE_NOT_FOUND' }),
  );
});

it('offers one lead of a customer at a time, in whatever order they wait', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ customer: fc.integer({ min: 0, max: 4 }), priority: fc.double({ noNaN: true }) }), {
        maxLength: 20,
      }),
      fc.integer({ min: 1, max: 6 }),
      (given, seatCount) => {
        const leads = given.map(({ customer, priority }, at) =>
          buildLead({ leadId: `l${at}`, customerId: `c${customer}`, priority }),
        );
        const seats = Array.from({ length: seatCount }, (_, at) => buildSeat({ seatId: `s${at}`, capacity: 2 }));
        const desk = deskOf([], seats, NOON, new Map([['c0', 'elsewhere']]));
        desk.assign(leads, []);
        const talked = desk.leadsToSave.map(({ customerId }) => customerId);
        expect(new Set(talked).size).toBe(talked.length);
        expect(talked).not.toContain('c0');
        const open = new Set(given.map(({ customer }) => customer).filter((customer) => customer !== 0));
        expect(talked).toHaveLength(Math.min(open.size, seatCount * 2));
      },
    ),
  );
});

it('waits for the slot that it is promised for, and its step with it', () => {
  const at = secondsAfter(NOON, HOUR_SECONDS);
  const lead = { ...buildLead(), stepEndsAt: secondsAfter(NOON, 60) };
  const scheduled = promise(lead, remote, at, NOON)!;
  expect(scheduled).toMatchObject({ state: 'scheduled', dueAt: at, stepEndsAt: secondsAfter(at, 60) });
  expect(deskOf([scheduled]).assign([scheduled], [buildSeat()])).toBe(0);
  const desk = deskOf([scheduled], [buildSeat()], at);
  desk.timeUp(scheduled.leadId);
  expect(saved(desk)).toMatchObject({ state: 'waiting', promisedAt: undefined });
  expect(promise(scheduled, remote, undefined, NOON)).toMatchObject({ state: 'waiting' });
  expect(promise(buildLead({ state: 'accepted' }), remote, at, NOON)).toBeNull();
});

describe('a thread', () => {
  const entry = (entryId: string, overrides: Partial<ThreadEntry>): ThreadEntry => ({
    ...{ entryId, customerId: 'c1', leadId: '', channel: 'app', authorId: 'c1', kind: 'note', text: '' },
    ...{ question: '', answer: '', form: '', reference: '', fields: {}, createdAt: NOON },
    ...overrides,
  });

  it('knows the newest answer to each question and the newest value of each field', () => {
    const known = knownAnswers([
      entry('3', { kind: 'answer', question: 'income', answer: '9000', channel: 'branch' }),
      entry('1', { kind: 'form', form: 'loan', fields: { term: '12', income: '1' } }),
      entry('2', { kind: 'answer', question: 'income', answer: '8000' }),
      entry('4', { kind: 'form', form: 'loan', fields: { term: '24' }, channel: 'branch' }),
    ]);
    expect(known.map(({ question, answer, channel }) => [question, answer, channel])).toEqual([
      ['loan.term', '24', 'branch'],
      ['loan.income', '1', 'app'],
      ['income', '9000', 'branch'],
    ]);
  });

  it.each([
    ['note', {}],
    ['answer', { question: 'q' }],
    ['answer', { answer: 'a' }],
    ['form', { reference: 'r' }],
    ['form', { form: 'f', fields: Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`f${at}`, 'x'])) }],
  ] as const)('takes no %s without what belongs to it', (kind, overrides) => {
    expect(() => checkEntry(entry('1', { kind, ...overrides }))).toThrow(
      expect.objectContaining({ reason: 'VALIDATION_FAILED' }),
    );
  });
});
