import { SimulationServiceService, type Simulation } from '@tidegate/contracts/arbitration/v1/simulation';
import { StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { CustomersServiceService, type ListPastMomentsRequest } from '@tidegate/contracts/customers/v1/customers';
import { eventually, fakePeer } from '@tidegate/testing';
import { appAction, ArbitrationFixture } from '../testing/arbitration.fixture';

// Goal: a simulation plays the moments of the past and the dates to come, of the draft and of what is live.

let fixture: ArbitrationFixture;
let customers: Awaited<ReturnType<typeof fakePeer>>;
const asked: ListPastMomentsRequest[] = [];
/** Customer → the past days of the rule on large amounts, as `customers` would answer. */
const LARGE: Record<string, string[]> = { 'c-1': ['2026-02-24', '2026-02-25'], 'c-2': ['2026-02-25'] };

/** Customer → when it logged in. */
const LOGINS: Record<string, string> = { 'c-0': '2026-02-27T00:00:00Z', 'c-5': '2026-02-25T00:00:00Z' };

const rule = (ruleId: string, fields: Record<string, unknown>) => ({ ruleId, kind: 'threshold', ...fields });
const logins = (least: number) => ({
  events: { type: 'login', windowDays: 7, count: { op: 'gte', value: least } },
});
const due = { kind: 'date_relative', dateField: 'attributes.maturityAt' };
const MATURITY: Record<string, string> = { 'c-0': '2026-03-05', 'c-4': '2026-03-11', 'c-5': '2026-03-05' };
const BROKEN = { field: 'stage', op: 'no such' };
const large = { field: 'event.amount', op: 'gte', value: 500 };

beforeAll(async () => {
  customers = await fakePeer(CustomersServiceService, {
    listPastMoments: (request) => {
      asked.push(request);
      const moments = request.customerIds.flatMap((customerId) =>
        request.rules.flatMap(({ factType }, index) => {
          const days = factType === 'spend' ? (LARGE[customerId] ?? []) : customerId === 'c-3' ? ['2026-02-24'] : [];
          return days.length === 0 ? [] : [{ customerId, rule: index, days }];
        }),
      );
      return Promise.resolve({ moments });
    },
    listCountedFacts: () => {
      const counted = Object.entries(LOGINS).map(([customerId, at], index) => ({
        customerId,
        facts: [Date.parse(at), index, 1],
      }));
      return Promise.resolve({ customers: counted, isEnd: true });
    },
  });
  fixture = await ArbitrationFixture.start(1, { customers: customers.url });
  await fixture.putPolicy({});
  await fixture.putCustomers(
    Array.from({ length: 6 }, (_, i) => {
      const maturityAt = MATURITY[`c-${i}`];
      return { customerId: `c-${i}`, attributes: maturityAt === undefined ? {} : { maturityAt } };
    }),
  );
  const momentRules = [
    rule('login', { factType: 'login', actionIds: ['hello'] }),
    rule('often', { ...due, condition: logins(2), actionIds: ['wave'] }),
    rule('broken', { ...due, condition: BROKEN, actionIds: ['lost'] }),
    rule('broken-fact', { factType: 'login', condition: BROKEN, actionIds: ['lost'] }),
  ];
  await fixture.putStrategy('live', [appAction('hello'), appAction('wave'), appAction('lost')], { momentRules });
});
afterAll(async () => {
  await fixture?.stop();
  await customers?.stop();
});

it('refuses a draft with a moment that is none at once', async () => {
  const momentRules = [rule('broken', { ...due, condition: BROKEN, actionIds: ['a'] })];
  const snapshot = StrategySnapshot.fromPartial({
    strategy: { strategyId: 'broken', version: 1, orgPath: 'hq', state: 'draft', momentRules },
  });
  const client = fixture.first.client(SimulationServiceService);
  const request = { requestId: 'broken', snapshot, dayCount: 1, customerCountMax: 0 };
  await expect(client.startSimulation(request)).rejects.toMatchObject({
    reason: 'RULE_INVALID',
    violations: [{ field: 'momentRules[0].condition.op' }],
  });
});

it('plays them on the day of the same weekday, past events counted to the day of a date, and nobody else’s', async () => {
  const snapshot = StrategySnapshot.fromPartial({
    strategy: {
      strategyId: 'spring',
      version: 1,
      orgPath: 'hq',
      state: 'draft',
      momentRules: [
        rule('large', { factType: 'spend', condition: large, actionIds: ['large'], cooldownDays: 5 }),
        rule('due', { ...due, offsetDays: -7, actionIds: ['due'] }),
        rule('seen', { ...due, condition: logins(1), actionIds: ['seen'] }),
      ],
    },
    actions: ['large', 'due', 'seen'].map((actionId) => ({
      ...appAction(actionId),
      purpose: 'marketing',
      valueMinor: 1_000,
    })) as never,
    revision: 1,
  });
  const client = fixture.first.client(SimulationServiceService);
  const request = { requestId: 'moments', snapshot, dayCount: 3, customerCountMax: 0 };
  const { simulation } = await client.startSimulation(request);
  const { simulationId } = simulation!;
  const done = await eventually<Simulation>(
    async () => {
      const { simulation: now } = await client.getSimulation({ simulationId });
      if (now === undefined || now.state === 'running') throw new Error('still running');
      return now;
    },
    { timeoutMs: 90_000 },
  );
  expect(done).toMatchObject({ state: 'completed', firstDay: '2026-03-03' });
  // From Tuesday the 3rd on: the facts of Tuesday the 24th on, in Shanghai's days.
  expect(asked[0]).toMatchObject({
    since: new Date('2026-02-23T16:00:00Z'),
    until: new Date('2026-02-26T16:00:00Z'),
    rules: [
      { factType: 'spend', condition: large },
      { factType: 'login', condition: undefined },
    ],
  });
  const [first, second, third] = ['2026-03-03', '2026-03-04', '2026-03-05'];
  expect(done.report?.volumes).toEqual([
    { day: first, channel: 'app', draftCount: 2, liveCount: 1, draftValue: 1_100, liveValue: 100 },
    { day: second, channel: 'app', draftCount: 2, liveCount: 0, draftValue: 2_000, liveValue: 0 },
    { day: third, channel: 'app', draftCount: 1, liveCount: 0, draftValue: 1_000, liveValue: 0 },
  ]);
  expect(done.report).toMatchObject({
    audienceCount: 4,
    reachedCount: 4,
    notPlayedActionIds: [],
    liveNotPlayedCount: 1,
  });
  const named = { strategyId: 'live', reason: 'RULE_INVALID' };
  expect(done.report?.brokenRules).toMatchObject([
    { ...named, ruleId: 'broken' },
    { ...named, ruleId: 'broken-fact' },
  ]);
  expect(done.report?.brokenRules[0]?.message).toContain('condition.op');
  const page = { simulationId, reason: '', change: 'gained', pageSize: 0, pageToken: '' };
  const { customers: gained } = await client.listSimulationCustomers(page);
  expect(gained.map(({ customerId, draftContacts }) => [customerId, draftContacts])).toEqual(
    [
      // The login of the other one is no longer within a week on the day itself.
      ['c-0', third, 'seen'],
      ['c-1', first, 'large'],
      ['c-2', second, 'large'],
      ['c-4', second, 'due'],
    ].map(([customerId, day, actionId]) => [customerId, [{ day, strategyId: 'spring', actionId, channel: 'app' }]]),
  );
});
