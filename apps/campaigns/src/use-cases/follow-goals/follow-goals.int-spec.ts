import {
  DecisionMade,
  DecisionRetracted,
  OutcomeRecorded,
} from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { Goal, GoalsServiceService } from '@tidegate/contracts/campaigns/v1/goals';
import { CustomerChanged, FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import type { DomainError } from '@tidegate/errors';
import type { Client } from '@tidegate/grpc';
import { eventually } from '@tidegate/testing';
import {
  actionMessage,
  customerMessage,
  publish,
  startCampaigns,
  strategyMessage,
  type Harness,
} from '../../testing/campaigns-harness';

// Goal: how far a strategy has brought an organisation can be read at any moment, and nothing counts twice.

let harness: Harness;
let goals: Client<typeof GoalsServiceService>;
let startsAt: Date;
let endsAt: Date;

const goal = (overrides: Partial<Goal> = {}): Goal =>
  Goal.fromPartial({
    goalId: 'aum-east',
    name: 'East, balances',
    strategyId: 'deposit',
    orgPath: 'hq/east',
    kind: 'aum',
    targetAmount: 1_000_000,
    currency: 'CNY',
    startsAt,
    endsAt,
    ...overrides,
  });

beforeAll(async () => {
  harness = await startCampaigns();
  goals = harness.service.client(GoalsServiceService, { id: 'maker' });
  await harness.maker.putAction({ requestId: 'a', action: actionMessage() });
  await publish(harness, strategyMessage({ strategyId: 'deposit' }));
  startsAt = new Date();
  endsAt = new Date(startsAt.getTime() + 86_400_000);
  await goals.putGoal({ requestId: 'g1', goal: goal() });
  await goals.putGoal({
    requestId: 'g2',
    goal: goal({ goalId: 'new-east', kind: 'customers', targetAmount: 4, currency: '' }),
  });
  await goals.putGoal({ requestId: 'g3', goal: goal({ goalId: 'fees', kind: 'fee_income', orgPath: 'hq' }) });
});
afterAll(() => harness?.stop());

const tellCustomer = (customerId: string, version: number, balanceMinor: number, orgPath = 'hq/east/one') =>
  harness.service.publish(CustomerChanged, customerId, [
    { customer: customerMessage(customerId, { version, orgPath, attributes: { balanceMinor } }) },
  ]);
const tellDecision = (customerId: string, messageId: string, group = 'treated') => {
  const decision = { decisionId: messageId, customerId, strategyId: 'deposit', group, decidedAt: new Date() };
  return harness.service.publish(DecisionMade, messageId, [DecisionMade.fromPartial({ decision })], messageId);
};
const tellOutcome = (customerId: string, outcome: string, messageId: string) => {
  const told = { decisionId: `d-${customerId}`, customerId, strategyId: 'deposit', outcome, occurredAt: new Date() };
  return harness.service.publish(OutcomeRecorded, messageId, [OutcomeRecorded.fromPartial(told)], messageId);
};
const tellFee = (customerId: string, amountMinor: number, messageId: string, overrides = {}) => {
  const known = { factId: messageId, factType: 'fee-income', customerId, occurredAt: new Date() };
  const fact = { ...known, data: { amountMinor }, ...overrides };
  return harness.service.publish(FactRecorded, messageId, [FactRecorded.fromPartial(fact)], messageId);
};
const read = async (goalId: string): Promise<Goal> => (await goals.getGoal({ goalId })).goal!;

it('follows balances, successes and fees of those who were treated, each once', async () => {
  await tellCustomer('c1', 1, 100_000);
  await tellCustomer('c2', 1, 0, 'hq/west');
  await tellCustomer('c3', 1, 50_000);
  await tellDecision('c1', 'd1');
  await tellDecision('c1', 'd1');
  await tellDecision('c1', 'd2');
  await tellDecision('c2', 'd3');
  await tellDecision('c3', 'd4', 'control');
  await eventually(async () => expect(await read('fees')).toMatchObject({ memberCount: 2 }));
  expect(await read('aum-east')).toMatchObject({ memberCount: 1, achievedAmount: 0 });

  await tellCustomer('c1', 3, 400_000);
  // Older news that come late, and a customer who is no member.
  await tellCustomer('c1', 2, 999_000);
  await tellCustomer('c3', 2, 900_000);
  await tellOutcome('c1', 'shown', 'o1');
  await tellOutcome('c1', 'converted', 'o2');
  await tellOutcome('c1', 'converted', 'o2');
  await tellOutcome('c1', 'converted', 'o3');
  await tellFee('c1', 700, 'f1');
  await tellFee('c1', 700, 'f1');
  await tellFee('c2', 300, 'f2');
  await tellFee('c2', 9_000, 'f3', { factType: 'transaction' });
  await eventually(async () => {
    expect(await read('aum-east')).toMatchObject({
      achievedAmount: 300_000,
      progressBasisPoints: 3_000,
      memberCount: 1,
    });
    expect(await read('new-east')).toMatchObject({ achievedAmount: 1, progressBasisPoints: 2_500 });
    expect(await read('fees')).toMatchObject({ achievedAmount: 1_000, memberCount: 2 });
  });

  await tellCustomer('c1', 4, 0);
  await eventually(async () => expect(await read('aum-east')).toMatchObject({ achievedAmount: -100_000 }));
});

it('leaves out again whom no decision treats any more', async () => {
  await publish(harness, strategyMessage({ strategyId: 'stopped' }));
  const from = new Date();
  const stopped = { strategyId: 'stopped', orgPath: 'hq/stopped', kind: 'fee_income', startsAt: from };
  await goals.putGoal({ requestId: 'g-stopped', goal: goal({ goalId: 'stopped', ...stopped }) });
  for (const customerId of ['s1', 's2', 's3']) await tellCustomer(customerId, 1, 0, 'hq/stopped');
  const decisionOf = (customerId: string) => {
    const known = { decisionId: `d-${customerId}`, customerId, strategyId: 'stopped', group: 'treated' };
    return { decision: { ...known, decidedAt: from } };
  };
  const decide = (customerId: string) =>
    harness.service.publish(DecisionMade, customerId, [DecisionMade.fromPartial(decisionOf(customerId))]);
  const retract = (customerId: string) =>
    harness.service.publish(DecisionRetracted, customerId, [DecisionRetracted.fromPartial(decisionOf(customerId))]);
  await retract('s3');
  for (const customerId of ['s1', 's2']) await decide(customerId);
  for (const customerId of ['s1', 's2']) await tellFee(customerId, 500, `f-${customerId}`);
  await eventually(async () => expect(await read('stopped')).toMatchObject({ memberCount: 2, achievedAmount: 1_000 }));
  await retract('s1');
  await eventually(async () => expect(await read('stopped')).toMatchObject({ memberCount: 1, achievedAmount: 500 }));
  await decide('s3');
  await decide('s1');
  await eventually(async () => expect(await read('stopped')).toMatchObject({ memberCount: 2, achievedAmount: 1_000 }));
});

it('counts fees in its own currency, also those that are heard of before the decision that they followed', async () => {
  await publish(harness, strategyMessage({ strategyId: 'cards' }));
  const from = new Date();
  const fees = { strategyId: 'cards', kind: 'fee_income', startsAt: from };
  await goals.putGoal({ requestId: 'g5', goal: goal({ ...fees, goalId: 'cards-north', orgPath: 'hq/north' }) });
  await goals.putGoal({ requestId: 'g6', goal: goal({ ...fees, goalId: 'cards-south', orgPath: 'hq/south' }) });
  await goals.putGoal({ requestId: 'g7', goal: goal({ ...fees, goalId: 'cards-all', orgPath: 'hq' }) });
  const at = (seconds: number): Date => new Date(from.getTime() + seconds * 1_000);
  const decide = (customerId: string, messageId: string, decidedAt: Date) => {
    const decision = { decisionId: messageId, customerId, strategyId: 'cards', group: 'treated', decidedAt };
    return harness.service.publish(DecisionMade, messageId, [DecisionMade.fromPartial({ decision })], messageId);
  };

  await tellCustomer('c5', 1, 0, 'hq/north');
  await tellCustomer('c6', 1, 0, 'hq/south');
  await decide('c5', 'd5', at(5));
  await eventually(async () => expect(await read('cards-north')).toMatchObject({ memberCount: 1 }));
  await tellFee('c5', 5_000, 'f51', { data: { amountMinor: 5_000, currency: 'USD' }, occurredAt: at(10) });
  await tellFee('c5', 30, 'f52', { data: { amountMinor: 30, currency: 'CNY' }, occurredAt: at(10) });
  await tellFee('c6', 1_000, 'f61', { occurredAt: at(10) });
  await tellFee('c6', 200, 'f62', { occurredAt: at(30) });
  await tellFee('c6', 9_000, 'f63', { data: { amountMinor: 9_000, currency: 'USD' }, occurredAt: at(30) });
  await tellFee('c6', 30, 'f64', { occurredAt: at(50) });
  await tellFee('c5', 4, 'f53', { occurredAt: at(10) });
  await eventually(async () => expect(await read('cards-north')).toMatchObject({ achievedAmount: 34 }));

  const told = { decisionId: 'd6', customerId: 'c6', strategyId: 'cards', outcome: 'shown', occurredAt: at(40) };
  await harness.service.publish(OutcomeRecorded, 'o6', [OutcomeRecorded.fromPartial(told)], 'o6');
  await eventually(async () => expect(await read('cards-south')).toMatchObject({ achievedAmount: 30, memberCount: 1 }));
  await decide('c6', 'd6', at(20));
  await eventually(async () =>
    expect(await read('cards-south')).toMatchObject({ achievedAmount: 230, memberCount: 1 }),
  );
  expect(await read('cards-all')).toMatchObject({ achievedAmount: 264, memberCount: 2 });
});

it('counts a success that a bank system tells by a fact, once, of those whom the strategy has treated by then', async () => {
  await publish(harness, strategyMessage({ strategyId: 'loans' }));
  const from = new Date();
  const loans = {
    strategyId: 'loans',
    kind: 'customers',
    orgPath: 'hq',
    targetAmount: 10,
    currency: '',
    startsAt: from,
  };
  await goals.putGoal({ requestId: 'g8', goal: goal({ ...loans, goalId: 'loans' }) });
  await goals.putGoal({ requestId: 'g9', goal: goal({ ...loans, goalId: 'signed', successOutcome: 'signed' }) });
  const at = (seconds: number): Date => new Date(from.getTime() + seconds * 1_000);
  const decide = (customerId: string, seconds: number, group = 'treated') => {
    const decision = { decisionId: `l-${customerId}`, customerId, strategyId: 'loans', group, decidedAt: at(seconds) };
    return harness.service.publish(DecisionMade, customerId, [DecisionMade.fromPartial({ decision })]);
  };
  const tellFact = (
    factId: string,
    customerId: string,
    seconds: number,
    data: object,
    factType = 'campaign-outcome',
  ) => {
    const fact = { factId, factType, customerId, data: { ...data }, occurredAt: at(seconds) };
    return harness.service.publish(FactRecorded, factId, [FactRecorded.fromPartial(fact)], factId);
  };
  const converted = { strategyId: 'loans', outcome: 'converted' };
  const ids = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'];
  for (const customerId of ids) await tellCustomer(customerId, 1, 0);

  // Heard of before the decision, too early, of the control group, of another strategy, of another type.
  await tellFact('k1', 'a1', 30, converted);
  await tellFact('k2', 'a2', 10, converted);
  await tellFact('k3', 'a3', 30, converted);
  await tellFact('k4', 'a4', 30, { ...converted, strategyId: 'cards' });
  await tellFact('k5', 'a4', 30, converted, 'transaction');
  await tellFact('k6', 'a5', 30, { strategy_id: 'loans', outcome: 'signed' });
  const recent = harness.service.mongo.connection.collection<{ _id: string }>('recent_fees');
  await eventually(async () => expect(await recent.countDocuments({ _id: { $in: ids } })).toBe(4));
  for (const customerId of ['a1', 'a2', 'a4', 'a5']) await decide(customerId, 20);
  await decide('a3', 20, 'control');
  await eventually(async () => expect(await read('loans')).toMatchObject({ memberCount: 4, achievedAmount: 1 }));
  expect(await read('signed')).toMatchObject({ memberCount: 4, achievedAmount: 1 });

  // Told both ways, and again.
  await decide('a6', 20);
  await tellFact('k7', 'a6', 40, converted);
  await tellFact('k7', 'a6', 40, converted);
  await tellFact('k8', 'a1', 50, converted);
  for (const customerId of ['a1', 'a6']) {
    const told = { customerId, strategyId: 'loans', outcome: 'converted', occurredAt: at(45) };
    await harness.service.publish(OutcomeRecorded, customerId, [OutcomeRecorded.fromPartial(told)]);
  }
  await tellFact('k9', 'a2', 60, converted);
  await eventually(async () => expect(await read('loans')).toMatchObject({ memberCount: 5, achievedAmount: 3 }));
});

it('keeps what its count stands on, and to its organisation', async () => {
  const reasonOf = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => 'done',
      (error: DomainError) => error.reason,
    );
  const put = (requestId: string, overrides: Partial<Goal>) => goals.putGoal({ requestId, goal: goal(overrides) });
  expect(await reasonOf(put('p1', {}))).toBe('VERSION_CONFLICT');
  expect(await reasonOf(put('p2', { version: 1, kind: 'fee_income' }))).toBe('GOAL_FIXED');
  expect(await reasonOf(put('p3', { goalId: 'x', strategyId: 'none' }))).toBe('STRATEGY_NOT_FOUND');
  expect(await reasonOf(put('p4', { goalId: 'x', currency: '' }))).toBe('VALIDATION_FAILED');
  expect(await reasonOf(put('p5', { goalId: 'x', endsAt: startsAt }))).toBe('VALIDATION_FAILED');
  const yesterday = new Date(startsAt.getTime() - 86_400_000);
  expect(await reasonOf(put('p7', { goalId: 'x', startsAt: yesterday }))).toBe('GOAL_STARTS_IN_PAST');
  const raised = await put('p6', { version: 1, targetAmount: 2_000_000 });
  expect(raised.goal).toMatchObject({ version: 2, memberCount: 1 });
  const west = harness.service.client(GoalsServiceService, { id: 'west', orgPath: 'hq/west' });
  expect(await reasonOf(west.getGoal({ goalId: 'aum-east' }))).toBe('ORG_OUT_OF_SCOPE');
  expect((await west.listGoals({ strategyId: '', pageSize: 10, pageToken: '' })).goals).toEqual([]);
  expect(await reasonOf(goals.getGoal({ goalId: 'none' }))).toBe('GOAL_NOT_FOUND');
  const page = await goals.listGoals({ strategyId: 'deposit', pageSize: 2, pageToken: '' });
  const rest = await goals.listGoals({ strategyId: 'deposit', pageSize: 2, pageToken: page.nextPageToken });
  expect([...page.goals, ...rest.goals].map(({ goalId }) => goalId)).toEqual(['aum-east', 'fees', 'new-east']);
});

it('is set for any unit, however long its path', async () => {
  const orgPath = `hq/${'u'.repeat(252)}`;
  const deep = goal({ goalId: 'deep', orgPath });
  expect((await goals.putGoal({ requestId: 'deep', goal: deep })).goal).toMatchObject({ orgPath });
});
