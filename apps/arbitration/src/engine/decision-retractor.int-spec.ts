import type { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { DecisionRetracted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { BenefitsServiceService, Stock } from '@tidegate/contracts/benefits/v1/benefits';
import { LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import { MessageDelivered } from '@tidegate/contracts/delivery/v1/delivery_events';
import { Mongo } from '@tidegate/mongo';
import { eventually, fakePeer } from '@tidegate/testing';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { StockPromiseRepository } from '../repositories/stock-promise.repository';
import { aCustomerMessage, appAction, ArbitrationFixture, callAction } from '../testing/arbitration.fixture';
import { idsOf, members, PushRunner } from '../testing/push-runner';
import { FreeStoppedDecisionsUseCase } from '../use-cases/free-stopped-decisions/free-stopped-decisions.use-case';
import { SettleDueDecisionsUseCase } from '../use-cases/settle-due-decisions/settle-due-decisions.use-case';

// Goal: what was decided and has not taken place is retracted with the answer to a complaint or a withdrawal, once, and all that it had reserved is free soon after.

const TTL_SECONDS = 3_600;
let benefits: Awaited<ReturnType<typeof fakePeer>>;
let fixture: ArbitrationFixture;
let run: PushRunner;
const heard: Decision[] = [];

const granted = (purpose: string) => ({ purpose, channel: '*', isGranted: true, changedAt: new Date('2026-01-01') });
const drafts = (prefix: string, count: number) =>
  members(prefix, count).map((draft) => ({ ...draft, consents: [granted('marketing'), granted('service')] }));
const decisionsOf = async (customerId: string): Promise<Decision[]> =>
  (await fixture.client().listDecisions({ customerId, pageSize: 0, pageToken: '', language: 'en' })).decisions;
const hold = (customerId: string, version: number, replica = 0, isOn = true): Promise<unknown> =>
  fixture.client(replica).applyHold({ customerId, hasComplaintHold: isOn, version });
const heardOf = (customerId: string): Decision[] => heard.filter((decision) => decision.customerId === customerId);
const seats = async () =>
  (await fixture.client().listCapacity({ queue: 'seats', pageSize: 0, pageToken: '' })).capacities.find(
    ({ slot }) => slot === '2026-W10',
  );
const contactsOf = async (customerId: string) =>
  (await fixture.first.app.get(CustomerStateRepository).find(customerId))?.contacts;
const promisedCount = async (stockId: string): Promise<number> => {
  const { app } = fixture.first;
  const book = await app
    .get(Mongo)
    .transaction((tx) => app.get(StockPromiseRepository).openBook([stockId], { now: fixture.clock.now() }, tx));
  return book.promisesOf(stockId).reduce((sum, promise) => sum + promise.promisedCount, 0);
};
/** Each customer of the list gets the action of its strategy. */
const pushed = async (strategyId: string, actions: Parameters<ArbitrationFixture['putStrategy']>[1], count: number) => {
  const listed = drafts(strategyId, count);
  await fixture.putStrategy(strategyId, actions);
  await fixture.putCustomers(listed);
  const push = await run.finished(await run.start(strategyId, idsOf(listed)));
  expect(push.chosenCount).toBe(count);
  return idsOf(listed);
};

beforeAll(async () => {
  benefits = await fakePeer(BenefitsServiceService, {
    getStocks: async ({ stockIds }) => ({
      stocks: stockIds.map((stockId) => ({
        stock: Stock.fromPartial({ stockId, state: 'open', timeZone: 'Asia/Shanghai', totalLimit: 100 }),
        day: '2026-03-02',
        claimedOnDayCount: 0,
      })),
    }),
  });
  fixture = await ArbitrationFixture.start(2, { benefits: benefits.url });
  fixture.first.bus.listen(DecisionRetracted, ({ data }) => heard.push(data.decision!));
  run = new PushRunner(fixture);
  await fixture.putPolicy({ reservationTtlSeconds: TTL_SECONDS });
  await run.putCapacity('seats', 100);
});
afterAll(async () => {
  await fixture?.stop();
  await benefits?.stop();
});

it('gives back people’s time, the contact and the promised benefit, and says why', async () => {
  const treatments = [{ channel: 'remote_bank', title: 'A call', queue: 'seats', benefitStockId: 'gift' }];
  const [ann, ben] = await pushed('calls', [callAction('call', 'seats', { treatments })], 2);
  const reservedBefore = (await seats())!.reserved;
  expect([reservedBefore, await promisedCount('gift')]).toEqual([2, 2]);

  await hold(ann!, 2);
  expect(await contactsOf(ann!)).toEqual([]);
  await eventually(async () =>
    expect([(await seats())!.reserved, (await seats())!.used, await promisedCount('gift')]).toEqual([1, 0, 1]),
  );
  const [decision] = await decisionsOf(ann!);
  expect(decision).toMatchObject({ reason: 'CHOSEN', retractedReason: 'COMPLAINT_HOLD' });
  expect(decision?.explanation.join(' ')).toContain(
    'It was retracted at 2026-03-02T02:00:00.000Z: a complaint is open',
  );
  const told = await fixture.client().explainDecision({ decisionId: decision!.decisionId, language: 'en' });
  expect(told.why.join(' ')).toContain('We stopped it afterwards');
  await eventually(() => expect(heardOf(ann!)).toMatchObject([{ queue: 'seats', retractedReason: 'COMPLAINT_HOLD' }]));
  expect((await decisionsOf(ben!))[0]?.retractedReason).toBe('');

  // Said again, lifted and said anew, and heard of by the event as well: nothing is given back twice.
  await hold(ann!, 2);
  await hold(ann!, 3, 1, false);
  await hold(ann!, 4, 1);
  const version = 5;
  await fixture.putCustomers([{ ...aCustomerMessage({ customerId: ann! }), version, hasComplaintHold: true }]);
  await Promise.all(fixture.replicas.map(({ app }) => app.get(FreeStoppedDecisionsUseCase).execute()));
  expect([(await seats())!.reserved, await promisedCount('gift')]).toEqual([1, 1]);
  expect(heardOf(ann!)).toHaveLength(1);
});

it('asked before sending, names those that were retracted and no others', async () => {
  const ids = await pushed('asked', [appAction('note')], 3);
  const decisionIds = (await Promise.all(ids.map(decisionsOf))).map(([decision]) => decision!.decisionId);
  await hold(ids[1]!, 2, 1);
  const { retractions } = await fixture.client().listRetractions({ decisionIds: [...decisionIds, 'unknown'] });
  const retractedAt = fixture.clock.now();
  expect(retractions).toEqual([{ decisionId: decisionIds[1], reason: 'COMPLAINT_HOLD', retractedAt }]);
});

it('asked before sending, says whose channel is quiet by then, on the customer’s own day', async () => {
  const own = { group: 'deposits', treatments: [{ channel: 'webhook', title: 'Hello', body: 'A message.' }] };
  const ids = await pushed('quiet', [{ actionId: 'hook', ...own }], 3);
  const [, west, stopped] = ids;
  await fixture.putCustomers([
    aCustomerMessage({ customerId: west!, version: 2, attributes: { timeZone: 'Europe/London' } }),
  ]);
  const decisionIds = (await Promise.all(ids.map(decisionsOf))).map(([decision]) => decision!.decisionId);
  const night = {
    channel: 'webhook',
    fromMinute: 21 * 60,
    toMinute: 8 * 60,
    isQuietOnHolidays: false,
    isServiceExempt: true,
  };
  const ask = async (mode: string) => {
    await fixture.putPolicy({ reservationTtlSeconds: TTL_SECONDS, quietHours: [{ ...night, mode }] });
    return fixture.client().listRetractions({ decisionIds });
  };
  const before = fixture.clock.now();
  await hold(stopped!, 2);
  const inLondon = new Date('2026-03-02T08:00:00Z');
  expect((await ask('queue')).quietDecisions).toEqual([{ decisionId: decisionIds[1], until: inLondon }]);
  fixture.clock.set(new Date('2026-03-05T13:00:00Z'));
  const until = new Date('2026-03-06T00:00:00Z');
  const queued = await ask('queue');
  expect(queued.quietDecisions).toEqual([{ decisionId: decisionIds[0], until }]);
  expect(queued.retractions.map(({ decisionId }) => decisionId)).toEqual([decisionIds[2]]);
  expect((await ask('discard')).quietDecisions).toEqual([{ decisionId: decisionIds[0], until: undefined }]);
  await fixture.putPolicy({ reservationTtlSeconds: TTL_SECONDS });
  fixture.clock.set(before);
});

it('leaves service, other channels and what has arrived alone', async () => {
  const [served] = await pushed('served', [appAction('bill', { purpose: 'service' })], 1);
  await hold(served!, 2);
  const [shown] = await pushed('shown', [appAction('news')], 1);
  const consent = { customerId: shown!, purpose: 'marketing', isGranted: false };
  await fixture.client().applyConsent({ ...consent, channel: 'sms', version: 2 });
  const [arrived] = await pushed('arrived', [appAction('hello')], 1);
  const [{ decisionId } = { decisionId: '' }] = await decisionsOf(arrived!);
  await fixture.first.publish(MessageDelivered, decisionId, [MessageDelivered.fromPartial({ decisionId })]);
  await eventually(async () => expect((await decisionsOf(arrived!))[0]?.outcomes).toEqual(['delivered']));
  await hold(arrived!, 2);
  for (const customerId of [served, shown, arrived]) {
    expect([customerId, (await decisionsOf(customerId!))[0]?.retractedReason]).toEqual([customerId, '']);
  }
  // The purpose and channel themselves, each by its own word.
  await fixture.client().applyConsent({ ...consent, channel: 'app', version: 3 });
  await fixture
    .client()
    .applyConsent({ customerId: served!, purpose: 'service', channel: '*', isGranted: false, version: 3 });
  for (const customerId of [served, shown]) {
    expect([customerId, (await decisionsOf(customerId!))[0]?.retractedReason]).toEqual([customerId, 'CONSENT_MISSING']);
  }
});

it('reaches a lead whose reservation ran out, and counts a word that comes late all the same', async () => {
  const [late] = await pushed('late', [callAction('ring', 'seats')], 1);
  fixture.clock.advance(TTL_SECONDS * 1_000 + 1);
  await Promise.all(fixture.replicas.map(({ app }) => app.get(SettleDueDecisionsUseCase).execute()));
  const before = (await seats())!;
  await hold(late!, 2);
  await eventually(() => expect(heardOf(late!)).toHaveLength(1));
  const { decisionId } = heardOf(late!)[0]!;
  // The seat was talking already.
  const lead = { leadId: 'l', decisionId, customerId: late!, queue: 'seats' };
  await fixture.first.publish(LeadClosed, 'l', [LeadClosed.fromPartial({ lead, outcome: 'rejected' })]);
  await eventually(async () => expect((await decisionsOf(late!))[0]?.outcomes).toEqual(['rejected']));
  const after = (await seats())!;
  expect([after.reserved, after.used]).toEqual([before.reserved, before.used + 1]);
});

it('of a hold and an arrival at once has either first, with books that are right', async () => {
  const count = 24;
  const ids = await pushed('both', [appAction('both-app')], count);
  await Promise.all(
    ids.map(async (customerId, index) => {
      const [{ decisionId } = { decisionId: '' }] = await decisionsOf(customerId);
      const arrived = fixture.replicas[index % 2]!.publish(MessageDelivered, decisionId, [
        MessageDelivered.fromPartial({ decisionId }),
      ]);
      await Promise.all([hold(customerId, 2, (index + 1) % 2), arrived]);
    }),
  );
  for (const customerId of ids) {
    await eventually(async () => expect((await decisionsOf(customerId))[0]?.outcomes).toEqual(['delivered']));
    const contacts = await contactsOf(customerId);
    expect([customerId, contacts?.map(({ isCommitted }) => isCommitted)]).toEqual([customerId, [true]]);
  }
  const marked = (await Promise.all(ids.map(decisionsOf))).filter(([decision]) => decision?.retractedReason !== '');
  await eventually(() => expect(ids.flatMap(heardOf)).toHaveLength(marked.length));
});
