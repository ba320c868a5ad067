import { DecideRequest, type Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { CapacityMoved, OutcomeRecorded } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { LeadAccepted, LeadClosed, LeadReturned } from '@tidegate/contracts/leads/v1/leads_events';
import { eventually } from '@tidegate/testing';
import type { Contact } from '../../domain/customer-state';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { appAction, ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';
import { SettleDueDecisionsUseCase } from '../settle-due-decisions/settle-due-decisions.use-case';

// Goal: a talk that takes place is known from its beginning to its end, what nobody takes up ends for those who work it too, and what bank
// systems say of a decision counts as what anybody else says.

const DAY_MS = 86_400_000;
let fixture: ArbitrationFixture;
let serial = 0;
const moved: CapacityMoved[] = [];
const recorded: OutcomeRecorded[] = [];

beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  fixture.first.bus.listen(CapacityMoved, ({ data }) => moved.push(data));
  fixture.first.bus.listen(OutcomeRecorded, ({ data }) => recorded.push(data));
  await fixture.putPolicy({ reservationTtlSeconds: (7 * DAY_MS) / 1_000, decisionRetentionDays: 30 });
  for (const queue of ['seats', 'centre']) {
    await fixture.client().putCapacity({ requestId: queue, queue, slot: 'default', units: 9 });
  }
  await fixture.putStrategy('calls', [callAction('call', 'seats')]);
  await fixture.putStrategy('notes', [appAction('note')]);
});
afterAll(() => fixture?.stop());

const decide = async (customerId: string, channel = 'remote_bank'): Promise<Decision> => {
  await fixture.putCustomers([{ customerId }]);
  const request = {
    requestId: `r-${(serial += 1)}`,
    customerId,
    channels: [channel],
    maxActions: 1,
    isCommitted: true,
  };
  return (await fixture.client().decide(DecideRequest.fromPartial(request))).decisions[0]!;
};
const leadOf = ({ decisionId, customerId }: Decision, overrides = {}) => ({
  ...{ leadId: `lead-${decisionId}`, decisionId, customerId, queue: 'seats' },
  ...overrides,
});
const accept = (decision: Decision, messageId?: string): Promise<void> => {
  const lead = leadOf(decision, { acceptedAt: fixture.clock.now() });
  return fixture.first.publish(LeadAccepted, lead.leadId, [LeadAccepted.fromPartial({ lead })], messageId);
};
const close = (decision: Decision, outcome: string): Promise<void> => {
  const closed = LeadClosed.fromPartial({ lead: leadOf(decision), outcome, closedAt: fixture.clock.now() });
  return fixture.first.publish(LeadClosed, decision.decisionId, [closed]);
};
const contactOf = async ({ customerId, decisionId }: Decision): Promise<Contact | undefined> =>
  (await fixture.first.app.get(CustomerStateRepository).find(customerId))?.contacts.find(
    (contact) => contact.decisionId === decisionId,
  );
const becomes = (decision: Decision, expected: object): Promise<void> =>
  eventually(async () => expect(await contactOf(decision)).toMatchObject(expected));
const outcomesOf = async ({ decisionId }: Decision): Promise<string[]> =>
  (await fixture.client().getDecision({ decisionId })).decision?.outcomes ?? [];
const settle = (): Promise<void> => fixture.first.app.get(SettleDueDecisionsUseCase).execute();
/** Of all days. */
const unitsOf = async (queue: string): Promise<{ reserved: number; used: number }> => {
  const { capacities } = await fixture.client().listCapacity({ queue, pageSize: 0, pageToken: '' });
  const sum = (read: (one: (typeof capacities)[number]) => number): number =>
    capacities.reduce((total, one) => total + read(one), 0);
  return { reserved: sum(({ reserved }) => reserved), used: sum(({ used }) => used) };
};

it('remembers a talk until its lead ends, however much later that is', async () => {
  const called = await decide('ann');
  expect(called.reason).toBe('CHOSEN');
  fixture.clock.advance(6 * DAY_MS);
  const at = fixture.clock.now();
  await accept(called, 'accepted');
  await accept(called, 'accepted');
  await becomes(called, { at, isCommitted: true, isOpen: true });
  expect(await unitsOf('seats')).toEqual({ reserved: 0, used: 1 });
  fixture.clock.advance(2 * DAY_MS);
  await settle();
  expect((await decide('ann')).reason).toBe('HUMAN_CHANNEL_BUSY');
  expect(await outcomesOf(called)).toEqual([]);
  await close(called, 'rejected');
  await becomes(called, { at, isCommitted: true, isOpen: false });
  expect(await unitsOf('seats')).toEqual({ reserved: 0, used: 1 });
  // Heard of again after its end, the talk is over all the same.
  await accept(called);
  expect((await decide('ann')).reason).toBe('CHOSEN');
  expect(await contactOf(called)).toMatchObject({ at, isOpen: false });
});

it('tells whoever works a reservation that it ran out, and takes a talk that begins late', async () => {
  const before = await unitsOf('seats');
  const promised = await decide('ben');
  fixture.clock.advance(8 * DAY_MS);
  await settle();
  await settle();
  await eventually(() =>
    expect(moved.filter(({ customerId }) => customerId === 'ben')).toMatchObject([
      { decisionId: promised.decisionId, queue: 'seats', isReleased: true, moveCount: 1, capacitySlot: '' },
    ]),
  );
  expect(await contactOf(promised)).toBeUndefined();
  await accept(promised);
  await becomes(promised, { at: fixture.clock.now(), isCommitted: true, isOpen: true, isHuman: true });
  expect((await decide('ben')).reason).toBe('HUMAN_CHANNEL_BUSY');
  expect((await unitsOf('seats')).used).toBe(before.used + 1);
});

it('counts the unit of a talk that goes on elsewhere where it is then', async () => {
  const before = await unitsOf('seats');
  const talk = await decide('cyd');
  await accept(talk);
  await becomes(talk, { isCommitted: true });
  const handedOver = { lead: leadOf(talk, { queue: 'centre', moveCount: 1 }), cause: 'handed_over', personId: '' };
  await fixture.first.publish(LeadReturned, 'cyd', [LeadReturned.fromPartial(handedOver)]);
  await eventually(async () => expect(await unitsOf('centre')).toEqual({ reserved: 0, used: 1 }));
  expect((await unitsOf('seats')).used).toBe(before.used);
});

it('takes what a bank system says of a decision as its outcome, once, and of the customer’s own alone', async () => {
  const [shown, other] = [await decide('dora', 'app'), await decide('emil', 'app')];
  const fact = (factId: string, outcome: string, { decisionId }: Decision): FactRecorded => {
    const data = { decisionId, outcome, strategyId: 'notes' };
    const occurredAt = fixture.clock.now();
    return FactRecorded.fromPartial({ factId, factType: 'campaign-outcome', customerId: 'dora', data, occurredAt });
  };
  await fixture.first.publish(FactRecorded, 'dora', [
    fact('f-1', 'converted', other),
    fact('f-2', 'delivered', shown),
    fact('f-3', 'converted', shown),
    fact('f-4', 'converted', shown),
  ]);
  await eventually(async () => expect(await outcomesOf(shown)).toEqual(['converted']));
  expect(await outcomesOf(other)).toEqual([]);
  expect(await contactOf(shown)).toMatchObject({ isCommitted: true });
  const heard = () => recorded.filter(({ customerId }) => customerId === 'dora' || customerId === 'emil');
  await eventually(() => expect(heard()).toMatchObject([{ decisionId: shown.decisionId, outcome: 'converted' }]));
});

it('keeps a talk through months of call-backs, and the record that its end is told of', async () => {
  const talk = await decide('fay');
  await accept(talk);
  await becomes(talk, { isCommitted: true, isOpen: true });
  fixture.clock.advance(200 * DAY_MS);
  await settle();
  // What is written of the customer meanwhile forgets what is old.
  expect((await decide('fay', 'app')).reason).toBe('CHOSEN');
  expect((await decide('fay')).reason).toBe('HUMAN_CHANNEL_BUSY');
  await close(talk, 'rejected');
  await eventually(async () => expect(await outcomesOf(talk)).toEqual(['rejected']));
  expect((await decide('fay')).reason).toBe('CHOSEN');
  await settle();
  await expect(outcomesOf(talk)).rejects.toMatchObject({ reason: 'DECISION_NOT_FOUND' });
});
