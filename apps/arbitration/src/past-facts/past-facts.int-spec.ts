import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { SimulationServiceService } from '@tidegate/contracts/arbitration/v1/simulation';
import { StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { EngagementServiceService } from '@tidegate/contracts/arbitration/v1/engagement';
import { countedValue, countersOf, factHash, factsOf, parseRule, type EventCounter } from '@tidegate/rules';
import { eventually, fakePeer } from '@tidegate/testing';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { appAction, ArbitrationFixture } from '../testing/arbitration.fixture';

// Goal: rules over past facts decide exactly, however the facts came: before the rule, while it was being filled, late, twice, out of order.

const DAY_MS = 86_400_000;
const SPENT_TWICE = {
  events: {
    type: 'transaction',
    where: [{ field: 'operation', op: 'eq', value: 'cash' }],
    windowDays: 30,
    count: { op: 'gte', value: 2 },
  },
} as const;

interface Stored {
  factId: string;
  customerId: string;
  daysAgo: number;
  operation: string;
}

/** What `customers` has stored; its answer waits while `isHeld`. */
const stored: Stored[] = [];
let isHeld = true;
let fixture: ArbitrationFixture;
let customers: Awaited<ReturnType<typeof fakePeer>>;

const now = (): number => fixture.clock.now().getTime();
const eventOf = ({ factId, daysAgo, operation }: Stored) => ({
  eventId: factId,
  type: 'transaction',
  occurredAtMs: now() - daysAgo * DAY_MS,
  data: { operation },
});

function listCountedFacts(rule: unknown, after: string) {
  const [counter] = countersOf(parseRule(rule)) as [EventCounter];
  const valueOf = countedValue(counter);
  const ids = [...new Set(stored.map(({ customerId }) => customerId))].sort().filter((id) => id > after);
  const page = ids.slice(0, 2).map((customerId) => {
    const facts = stored
      .filter((fact) => fact.customerId === customerId && valueOf(eventOf(fact)) !== null)
      .flatMap((fact) => [eventOf(fact).occurredAtMs, factHash(fact.factId), 1]);
    return { customerId, facts };
  });
  return { customers: page, isEnd: page.length < 2 };
}

beforeAll(async () => {
  customers = await fakePeer(CustomersServiceService, {
    listCountedFacts: async ({ rule, afterCustomerId }) => {
      await eventually(() => expect(isHeld).toBe(false), { timeoutMs: 60_000 });
      return listCountedFacts(rule, afterCustomerId);
    },
  });
  fixture = await ArbitrationFixture.start(2, { customers: customers.url });
  await fixture.putPolicy({});
  await fixture.putCustomers(['anna', 'ben', 'cleo', 'dora', 'emil'].map((customerId) => ({ customerId })));
});
afterAll(async () => {
  isHeld = false;
  await fixture?.stop();
  await customers?.stop();
});

const tell = (facts: Stored[]): Promise<unknown> =>
  Promise.all(
    facts.map((fact) =>
      fixture.first.publish(FactRecorded, fact.customerId, [
        {
          factId: fact.factId,
          factType: 'transaction',
          customerId: fact.customerId,
          data: { operation: fact.operation },
          occurredAt: new Date(eventOf(fact).occurredAtMs),
          acceptedAt: fixture.clock.now(),
        },
      ]),
    ),
  );

let asked = 0;
async function reasonOf(customerId: string, replica = 0): Promise<string | undefined> {
  const { decisions } = await fixture.client(replica).decide({
    requestId: `ask-${(asked += 1)}`,
    customerId,
    channels: ['app'],
    maxActions: 1,
    isCommitted: true,
    context: undefined,
  });
  return decisions[0]?.reason;
}
const fact = (customerId: string, name: string, daysAgo: number, operation = 'cash'): Stored => ({
  factId: `core/${customerId}-${name}`,
  customerId,
  daysAgo,
  operation,
});
const countersAt = async (replica = 0) => {
  const client = (fixture.replicas[replica] ?? fixture.first).client(EngagementServiceService);
  return (await client.listEventCounters({})).counters;
};
const untilReady = () =>
  eventually(async () => expect((await countersAt()).every(({ state }) => state === 'ready')).toBe(true), {
    timeoutMs: 120_000,
  });

it('leaves everybody alone until what was before is counted, and then decides as over all the facts', async () => {
  stored.push(
    fact('anna', 'a', 1),
    fact('anna', 'b', 29),
    fact('ben', 'a', 1),
    fact('ben', 'b', 31),
    fact('ben', 'c', 2, 'card'),
    fact('cleo', 'a', 40),
  );
  await fixture.putStrategy('cash', [appAction('save')], {}, { audience: SPENT_TWICE });
  await eventually(async () => expect(await countersAt()).toMatchObject([{ state: 'filling', keptMax: 3 }]));
  expect(await reasonOf('anna')).toBe('PAST_FACTS_UNKNOWN');
  // While it is being filled: two new ones, one of them told twice and stored as well, one that is known from before, one late.
  const live = [fact('ben', 'd', 3), fact('dora', 'a', 0), fact('dora', 'b', 20), fact('emil', 'a', 5)];
  stored.push(...live.slice(0, 2));
  await tell([...live, ...live, fact('anna', 'b', 29)]);
  isHeld = false;
  await untilReady();
  for (const replica of [0, 1]) {
    await eventually(async () => expect(await reasonOf('anna', replica)).toBe('CHOSEN'), { timeoutMs: 60_000 });
    await eventually(async () => expect(await reasonOf('dora', replica)).toBe('CHOSEN'), { timeoutMs: 60_000 });
  }
  await eventually(async () => expect(await reasonOf('ben')).toBe('CHOSEN'));
  expect([await reasonOf('cleo'), await reasonOf('emil')]).toEqual(['NOT_IN_AUDIENCE', 'NOT_IN_AUDIENCE']);
}, 300_000);

it('says in the record what it counted', async () => {
  const { decisions } = await fixture.client().decide({
    requestId: 'explained',
    customerId: 'anna',
    channels: ['app'],
    maxActions: 1,
    isCommitted: true,
    context: undefined,
  });
  const { decision } = await fixture.client().getDecision({ decisionId: decisions[0]!.decisionId, language: 'en' });
  expect(decision?.inputs).toMatchObject({ counted: [{ type: 'transaction', windowDays: 30, measured: 2 }] });
});

it('counts on as facts come, and forgets those that leave the window', async () => {
  await tell([fact('emil', 'b', 1)]);
  await eventually(async () => expect(await reasonOf('emil')).toBe('CHOSEN'), { timeoutMs: 60_000 });
  fixture.clock.advance(26 * DAY_MS);
  expect(await reasonOf('emil')).toBe('NOT_IN_AUDIENCE');
});

it('counts for the rules of a whole product group, and keeps a small document however many facts there are', async () => {
  const facts = Array.from({ length: 60 }, (_, i) => fact('cleo', `many-${i}`, i % 20));
  stored.push(...facts);
  const policy = {
    scope: 'group',
    key: 'cards',
    eligibility: { not: SPENT_TWICE },
    applicability: undefined,
    suitability: undefined,
    version: 0,
  };
  await fixture.first.client(EngagementServiceService).putEngagementPolicy({ requestId: 'cards', policy });
  await fixture.putStrategy('cards', [appAction('card', { group: 'cards', valueMinor: 900 })]);
  await tell(facts);
  await eventually(
    async () => {
      const { decisions } = await fixture.client().decide({
        requestId: `cleo-${(asked += 1)}`,
        customerId: 'cleo',
        channels: ['app'],
        maxActions: 5,
        isCommitted: true,
        context: undefined,
      });
      expect(decisions.map(({ actionId }) => actionId)).toEqual(['save']);
    },
    { timeoutMs: 60_000 },
  );
  // Of sixty, the three newest: one more than the rule tells apart.
  const newest = facts.filter((_, i) => i % 20 === 0).map(({ factId }) => factHash(factId));
  await eventually(
    async () => {
      const state = await fixture.first.app.get(CustomerStateRepository).find('cleo');
      const kept = Object.values(state?.past.series ?? {}).map((series) => factsOf(series).map(({ hash }) => hash));
      expect(kept).toEqual([newest.sort((left, right) => left - right)]);
    },
    { timeoutMs: 60_000 },
  );
});

it('simulates a draft on past facts that nobody counted before', async () => {
  const audience = {
    events: {
      type: 'transaction',
      where: [{ field: 'operation', op: 'eq', value: 'card' }],
      windowDays: 30,
      count: { op: 'gte', value: 1 },
    },
  };
  const snapshot = StrategySnapshot.fromPartial({
    strategy: { strategyId: 'spring', version: 1, orgPath: 'hq', state: 'draft' },
    actions: [{ ...appAction('spring', { valueMinor: 5_000 }), purpose: 'marketing' }] as never,
    audience,
    revision: 99,
  });
  const client = fixture.first.client(SimulationServiceService);
  const started = await client.startSimulation({ requestId: 'sim', snapshot, dayCount: 1, customerCountMax: 0 });
  const { simulationId } = started.simulation!;
  await eventually(
    async () => expect((await client.getSimulation({ simulationId })).simulation?.state).toBe('completed'),
    { timeoutMs: 120_000 },
  );
  const page = { simulationId, reason: '', change: '', pageSize: 100, pageToken: '' };
  const { customers: seen } = await client.listSimulationCustomers(page);
  expect(seen.filter(({ reason }) => reason === '').map(({ customerId }) => customerId)).toEqual(['ben']);
});
