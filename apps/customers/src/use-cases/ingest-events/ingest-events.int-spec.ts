import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { BenefitRedeemed, BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { CustomersServiceService, type IncomingEvent } from '@tidegate/contracts/customers/v1/customers';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import type { DomainError } from '@tidegate/errors';
import { eventually, type TestService } from '@tidegate/testing';
import { customerIdOf } from '../../domain/customer-id';
import {
  column,
  importFile,
  importRequest,
  startCustomers,
  type CustomersHarness,
} from '../../testing/customers.harness';

// Goal: every fact is stored and told once, whoever sends it again and however many at once; a bad one harms no neighbour.

const CUSTOMERS = 60;
let harness: CustomersHarness;
let second: TestService;
let client: CustomersHarness['client'];
beforeAll(async () => {
  harness = await startCustomers();
  second = await harness.replica();
  client = harness.client;
  const rows = Array.from({ length: CUSTOMERS }, (_, i) => `c-${i}`);
  await importFile(client, importRequest([column('id', 'external_id')]), ['id', ...rows].join('\n'));
});
afterAll(async () => {
  await second?.stop();
  await harness?.stop();
});

const incoming = (id: string, over: Partial<IncomingEvent> = {}): IncomingEvent => ({
  id,
  source: 'core',
  type: 'transaction',
  subject: 'c-1',
  time: new Date('1997-05-01T00:00:00Z'),
  data: { amountMinor: -1_500, operation: 'withdrawal', balanceMinor: 90_000 },
  ...over,
});
const profile = async (externalId: string) => (await client.getCustomer({ customerId: '', externalId })).customer!;

it('accepts good events beside bad ones and names each bad one', async () => {
  const events = [
    incoming('mix-1'),
    incoming('mix-2', { subject: 'nobody' }),
    incoming('mix-3', { type: 'two words' }),
    incoming('mix-4', { subject: customerIdOf('c-1'), time: undefined, data: undefined }),
    incoming('mix-1'),
    incoming('', {}),
    incoming('mix-5', { data: { $set: 1 } }),
    incoming('mix-6', { dataJson: '{"$set":1}' }),
    incoming('mix-7', { dataJson: '[1]' }),
    incoming('mix-8', { dataJson: '{' }),
    incoming('mix-9', { dataJson: '{"amountMinor":-7}' }),
  ];
  const answer = await client.ingestEvents({ events });
  expect(answer).toMatchObject({ acceptedCount: 3, duplicateCount: 1 });
  expect(answer.refused.map(({ index, id, reason }) => [index, id, reason])).toEqual([
    [1, 'mix-2', 'EVENT_CUSTOMER_UNKNOWN'],
    [2, 'mix-3', 'EVENT_INVALID'],
    [5, '', 'EVENT_INVALID'],
    [6, 'mix-5', 'EVENT_INVALID'],
    [7, 'mix-6', 'EVENT_INVALID'],
    [8, 'mix-7', 'EVENT_INVALID'],
    [9, 'mix-8', 'EVENT_INVALID'],
  ]);
  await expect(client.ingestEvents({ events: [] })).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  const own = harness.service.client(CustomersServiceService, { kind: 'customer', id: customerIdOf('c-1'), roles: [] });
  const answered = await own.ingestEvents({ events: [incoming('own-1'), incoming('own-2', { subject: 'c-2' })] });
  expect(answered).toMatchObject({ acceptedCount: 1, refused: [{ id: 'own-2', reason: 'EVENT_NOT_YOURS' }] });
});

it('counts a customer known as soon as it is imported', async () => {
  const before = await client.ingestEvents({ events: [incoming('late-1', { subject: 'late' })] });
  expect(before.refused).toMatchObject([{ reason: 'EVENT_CUSTOMER_UNKNOWN' }]);
  await importFile(client, importRequest([column('id', 'external_id')]), 'id\nlate\n');
  expect(await client.ingestEvents({ events: [incoming('late-1', { subject: 'late' })] })).toMatchObject({
    acceptedCount: 1,
  });
});

it('stores and tells each fact once when overlapping batches arrive at two replicas at once', async () => {
  const heard: string[] = [];
  const stop = harness.service.bus.listen(FactRecorded, ({ data }) => {
    if (data.factId.startsWith('race/')) heard.push(data.factId);
  });
  const event = (i: number): IncomingEvent =>
    incoming(String(i), { source: 'race', subject: `c-${10 + (i % 50)}`, time: new Date(Date.UTC(1998, 0, 1, 0, i)) });
  const batches = Array.from({ length: 12 }, (_, b) => Array.from({ length: 300 }, (_, i) => event(b * 100 + i)));
  const clients = [client, second.client(CustomersServiceService)];
  const answers = await Promise.all(batches.map((events, b) => clients[b % 2]!.ingestEvents({ events })));
  const distinct = 11 * 100 + 300;
  expect(answers.map(({ acceptedCount, duplicateCount }) => [acceptedCount, duplicateCount])).toEqual(
    batches.map(() => [300, 0]),
  );
  const facts = harness.service.mongo.connection.collection('facts');
  await eventually(async () =>
    expect(await facts.countDocuments({ _id: { $regex: '^race/' } as never })).toBe(distinct),
  );
  await eventually(() => expect(heard).toHaveLength(distinct));
  expect(new Set(heard).size).toBe(distinct);
  // Every profile counted each of its facts once: 1,400 facts over 50 customers.
  await eventually(async () => {
    for (const i of [10, 31, 59]) {
      expect((await profile(`c-${i}`)).attributes).toMatchObject({
        transactionCount: distinct / 50,
        transactionAmountMinor: (distinct / 50) * 1_500,
        balanceMinor: 90_000,
      });
    }
  });
  stop();
});

it('counts a fact that comes in several calls once, with the data of the first that was filed', async () => {
  const fact = (day: number, balanceMinor = day): IncomingEvent =>
    incoming(`day-${day}`, {
      subject: 'c-3',
      time: new Date(Date.UTC(1999, 0, day)),
      data: { amountMinor: 100, balanceMinor },
    });
  const tell = (...events: IncomingEvent[]) => client.ingestEvents({ events });
  expect((await profile('c-3')).attributes).not.toHaveProperty('transactionCount');
  await tell(fact(9), fact(8));
  await eventually(async () => expect((await profile('c-3')).attributes).toMatchObject({ transactionCount: 2 }));
  await tell(fact(9, 777), fact(7));
  await tell(fact(8, 777), fact(7), fact(6), fact(5));
  await eventually(async () => {
    expect((await profile('c-3')).attributes).toMatchObject({ transactionCount: 5, balanceMinor: 9 });
  });
  expect((await profile('c-3')).attributes).toMatchObject({ transactionAmountMinor: 500 });
});

it('asks to come back when too many calls are under way', async () => {
  const calls = Array.from({ length: 120 }, (_, i) =>
    client.ingestEvents({ events: Array.from({ length: 20 }, (_, k) => incoming(`busy-${i}-${k}`)) }).then(
      () => 'accepted',
      (error: DomainError) => `${error.reason} ${error.retryAfterMs}`,
    ),
  );
  const outcomes = new Set(await Promise.all(calls));
  expect(outcomes).toEqual(new Set(['accepted', 'INTAKE_BUSY 250']));
});

it('shows facts and touches on one timeline, newest first', async () => {
  const customerId = customerIdOf('c-2');
  const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 5, hour));
  await client.ingestEvents({
    events: [8, 10, 10, 12].map((hour, i) => incoming(`t-${i}`, { subject: 'c-2', time: at(hour) })),
  });
  const decision = (over: Partial<Decision>): DecisionMade => ({
    decision: Decision.fromPartial({ customerId, channel: 'app', title: 'Save more', decidedAt: at(11), ...over }),
    leftCandidates: [],
  });
  await harness.service.publish(DecisionMade, customerId, [
    decision({ decisionId: 'd-1', actionId: 'deposit', group: 'treated' }),
    decision({ decisionId: 'd-2', actionId: '', group: 'none' }),
  ]);
  const redemption = BenefitRedeemed.fromPartial({
    redemption: { redemptionId: 'r-1', customerId, storeId: 's-1', amountMinor: 800, redeemedAt: at(9) },
  });
  await harness.service.publish(BenefitRedeemed, 'r-1', [redemption], 'redeemed');
  await harness.service.publish(BenefitRedeemed, 'r-1', [redemption], 'redeemed');
  const takenBack = { reversalId: 'v-1', storeId: 's-2', clerkId: 'k-2', reason: 'wrong', reversedAt: at(13) };
  const reversal = { ...takenBack, redemptionId: 'r-1', amountMinor: 800 };
  await harness.service.publish(BenefitReversed, 'r-1', [BenefitReversed.fromPartial({ reversal, customerId })]);
  const list = async (pageSize: number): Promise<string[]> => {
    const shown: string[] = [];
    let pageToken = '';
    do {
      const page = await client.listTimeline({ customerId, pageSize, pageToken });
      shown.push(...page.entries.map(({ type, occurredAt }) => `${type} ${occurredAt?.getUTCHours()}`));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    return shown;
  };
  const expected = [
    'benefit-reversed 13',
    'transaction 12',
    'decision 11',
    'transaction 10',
    'transaction 10',
    'benefit-redeemed 9',
    'transaction 8',
  ];
  await eventually(async () => expect(await list(50)).toEqual(expected));
  const { entries } = await client.listTimeline({ customerId, pageSize: 1, pageToken: '' });
  expect(entries[0]!.data).toMatchObject({ redemptionId: 'r-1', storeId: 's-2', clerkId: 'k-2', reason: 'wrong' });
  expect(await list(1)).toEqual(expected);
  expect(await list(4)).toEqual(expected);
  await expect(client.listTimeline({ customerId, pageSize: 5, pageToken: 'xyz' })).rejects.toMatchObject({
    reason: 'PAGE_TOKEN_INVALID',
  });
});
