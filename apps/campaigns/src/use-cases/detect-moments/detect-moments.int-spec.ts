import type { CheckCountsRequest, CheckCountsResponse } from '@tidegate/contracts/customers/v1/customers';
import { MomentDetected } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { CustomerChanged, FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { DomainError } from '@tidegate/errors';
import { eventually, FakeClock, type TestService } from '@tidegate/testing';
import { toFact } from '../../messages/customer.message';
import { MomentRuleCatalogue } from '../../moments/moment-rule-catalogue';
import {
  actionMessage,
  customerMessage,
  momentRuleMessage,
  publish,
  startCampaigns,
  strategyMessage,
  type Harness,
} from '../../testing/campaigns-harness';
import { DetectMomentsUseCase } from './detect-moments.use-case';

// Goal: each fact that matters is a moment once, whatever comes twice, late, at once or out of order.

const clock = new FakeClock();
const NOW = clock.now();
const DAY_MS = 86_400_000;
let harness: Harness;
let replica: TestService;
let told: MomentDetected[];
let stopListening: () => void;
let factCount = 0;

/** Questions that `customers` was asked, and how often it still says that a fact is not filed. */
const asked: string[] = [];
let unfiledCount = 0;
const checkCounts = async ({ rules, questions }: CheckCountsRequest): Promise<CheckCountsResponse> => {
  if (unfiledCount > 0) {
    unfiledCount -= 1;
    throw new DomainError({ code: 'UNAVAILABLE', reason: 'FACT_NOT_FILED', message: 'not yet' });
  }
  asked.push(...questions.map(({ customerId, factId }) => `${customerId} ${factId}`));
  const answers = questions.map(({ customerId }) => ({
    holds: customerId.startsWith('unknown') ? [] : rules.map(() => customerId.startsWith('often')),
  }));
  return { answers };
};

beforeAll(async () => {
  harness = await startCampaigns({ clock, customers: { checkCounts } });
  replica = await harness.replica();
  await harness.maker.putAction({ requestId: 'a', action: actionMessage() });
  stopListening = harness.service.bus.listen(MomentDetected, ({ data }) => told.push(data));
});
afterAll(async () => {
  stopListening?.();
  await harness?.stop();
});
beforeEach(() => {
  told = [];
});

const fact = (customerId: string, amount: number, overrides: Partial<FactRecorded> = {}): FactRecorded => ({
  factId: `core/${(factCount += 1)}`,
  factType: 'transaction',
  customerId,
  data: { amount },
  occurredAt: NOW,
  acceptedAt: NOW,
  ...overrides,
});
const send = (facts: FactRecorded[], messageId?: string): Promise<void> =>
  harness.service.publish(FactRecorded, 'c', facts, messageId);
/** Every fact published so far has had its effect. */
const settled = (): Promise<void> =>
  eventually(async () => {
    const { bus } = harness.service;
    const info = await bus.manager.consumers.info(bus.eventStream, 'campaigns-moments');
    expect(info).toMatchObject({ num_pending: 0, num_ack_pending: 0 });
  });
const firedOf = async (ruleId: string): Promise<{ customerId: string; factId: string }[]> => {
  const moments = harness.service.mongo.connection.collection<{ customerId: string; factId: string }>('moments');
  return moments.find({ ruleId }).sort({ customerId: 1 }).toArray();
};
const live = async (strategyId: string, ...rules: Parameters<typeof momentRuleMessage>[0][]): Promise<void> => {
  const momentRules = rules.map((rule) => momentRuleMessage(rule));
  await publish(harness, strategyMessage({ strategyId, segmentId: '', momentRules }));
  await Promise.all([harness.service, replica].map((each) => each.app.get(MomentRuleCatalogue).refresh()));
};
const end = async (strategyId: string): Promise<void> => {
  await harness.maker.moveStrategy({ requestId: `end-${strategyId}`, strategyId, move: 'retire' });
  await Promise.all([harness.service, replica].map((each) => each.app.get(MomentRuleCatalogue).refresh()));
};

it('detects each large outflow once, however often its message comes', async () => {
  await live('outflows', { ruleId: 'outflow' });
  const facts = Array.from({ length: 200 }, (_, i) => fact(`c${i}`, i < 150 ? 20_000 : 5));
  await send(facts, 'once');
  await send(facts, 'once');
  // The same facts under another message id: told again by a sender that lost its memory.
  await send([...facts].reverse(), 'again');
  await settled();
  const large = facts.slice(0, 150).map(({ factId }) => factId);
  await eventually(() => expect(told.map(({ factId }) => factId).sort()).toEqual(large.sort()));
  expect(new Set(told.map(({ momentId }) => momentId)).size).toBe(150);
  expect(told[0]).toMatchObject({
    strategyId: 'outflows',
    ruleId: 'outflow',
    actionIds: ['deposit'],
    factData: { amount: 20_000 },
    factAcceptedAt: NOW,
    detectedAt: NOW,
  });
  await end('outflows');
});

it('keeps the cooldown exactly, with both replicas given a customer’s facts at once', async () => {
  await live(
    'resting',
    { ruleId: 'rest', cooldownDays: 7 },
    { ruleId: 'other', cooldownDays: 7, condition: undefined },
  );
  const customers = Array.from({ length: 20 }, (_, i) => `r${i}`);
  const fireAll = (each: TestService, round: number): Promise<number> => {
    const acceptedAt = new Date(NOW.getTime() + round * 1_000);
    const facts = customers.map((id) => toFact(fact(id, 20_000, { acceptedAt }), NOW));
    // Whoever lost too many races begins again, as the consumer does.
    return eventually(() => each.mongo.transaction((tx) => each.app.get(DetectMomentsUseCase).execute(facts, tx)));
  };
  const counts = await Promise.all(
    Array.from({ length: 8 }, (_, round) => fireAll(round % 2 === 0 ? harness.service : replica, round)),
  );
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40);
  await eventually(() => expect(told).toHaveLength(40));
  expect(new Set(told.map(({ ruleId, customerId }) => `${ruleId} ${customerId}`)).size).toBe(40);

  await send([
    fact('r0', 20_000, { acceptedAt: new Date(NOW.getTime() + 8 * DAY_MS) }),
    fact('r1', 20_000, { acceptedAt: new Date(NOW.getTime() + 6 * DAY_MS) }),
    fact('r2', 20_000, { acceptedAt: new Date(NOW.getTime() - 8 * DAY_MS) }),
  ]);
  await settled();
  expect((await firedOf('rest')).map(({ customerId }) => customerId)).toEqual([...customers, 'r0'].sort());
  await end('resting');
});

it('asks the customer’s own fields, of the highest version whatever the order', async () => {
  const rich = { field: 'attributes.balance', op: 'gt', value: 100 };
  const condition = { all: [{ field: 'event.amount', op: 'gte', value: 10_000 }, rich, { tag: 'vip' }] };
  await live('rich', { ruleId: 'rich', condition });
  const change = (id: string, version: number, balance: number, isVip = true) => ({
    customer: customerMessage(id, {
      version,
      attributes: { balance, 'dotted.key': true },
      tags: isVip ? [{ tag: 'vip', value: '', source: 'expert', validUntil: undefined, refreshedAt: undefined }] : [],
    }),
  });
  const { service } = harness;
  await service.publish(CustomerChanged, 'k1', [change('k1', 3, 500), change('k1', 2, 1)]);
  await service.publish(CustomerChanged, 'k1', [change('k1', 1, 2), change('k2', 1, 50), change('k3', 1, 900, false)]);
  await service.publish(CustomerChanged, 'k4', [change('k4', 1, 500)]);
  const copies = service.mongo.connection.collection<{ _id: string; version: number }>('customer_facts');
  await eventually(async () => expect(await copies.findOne({ _id: 'k4' })).not.toBeNull());
  expect(await copies.findOne({ _id: 'k1' })).toMatchObject({
    version: 3,
    attributes: { balance: 500, 'dotted.key': true },
  });

  await send(['k1', 'k2', 'k3', 'unknown'].map((id) => fact(id, 20_000)));
  await send([fact('k1', 5)]);
  await settled();
  expect((await firedOf('rich')).map(({ customerId }) => customerId)).toEqual(['k1']);
  await end('rich');
});

it('asks for past events of those whom all else leaves open, and again when a fact is not filed yet', async () => {
  const often = { events: { type: 'transaction', windowDays: 7, count: { op: 'gte', value: 3 } } };
  const condition = { all: [{ field: 'event.amount', op: 'gte', value: 10_000 }, often] };
  await live('counting', { ruleId: 'counting', condition });
  unfiledCount = 1;
  const facts = [fact('often-1', 20_000), fact('often-2', 5), fact('seldom-1', 20_000), fact('unknown-1', 20_000)];
  await send(facts);
  await settled();
  expect((await firedOf('counting')).map(({ customerId }) => customerId)).toEqual(['often-1']);
  const wanted = facts.filter(({ data }) => data?.amount === 20_000);
  expect(new Set(asked)).toEqual(new Set(wanted.map(({ customerId, factId }) => `${customerId} ${factId}`)));
  await end('counting');
});

it('leaves out facts that are too old, and strategies that are paused', async () => {
  await live('fresh', { ruleId: 'fresh', maxAgeSeconds: 60 });
  const old = new Date(NOW.getTime() - 61_000);
  await send([fact('o1', 20_000, { occurredAt: old }), fact('o2', 20_000)]);
  await settled();
  expect((await firedOf('fresh')).map(({ customerId }) => customerId)).toEqual(['o2']);

  await harness.maker.moveStrategy({ requestId: 'pause', strategyId: 'fresh', move: 'pause' });
  // Heard over the broker, by both replicas.
  await eventually(() => {
    for (const each of [harness.service, replica]) {
      const rules = each.app.get(MomentRuleCatalogue).thresholdRulesOf('transaction');
      expect(rules.map(({ ruleId }) => ruleId)).toEqual([]);
    }
  });
  await send([fact('o3', 20_000)]);
  await settled();
  expect(await firedOf('fresh')).toHaveLength(1);
});
