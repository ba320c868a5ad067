import { OutcomeRecorded } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import type { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { DeliveryFailed, MessageDelivered, MessageMarked } from '@tidegate/contracts/delivery/v1/delivery_events';
import { LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import type { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { appAction, ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';

// Goal: whatever is said of a decision has its effect once, by whichever way and in whichever order it comes.

let fixture: ArbitrationFixture;
let serial = 0;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  await fixture.putPolicy({
    suppressions: [{ outcome: 'rejected', count: 1, withinDays: 30, pauseDays: 30, scope: 'action' }],
    reservationTtlSeconds: 3_600,
  });
  await fixture.client().putCapacity({ requestId: 'seats', queue: 'seats', slot: '2026-03-02', units: 5 });
  await fixture.putStrategy('calls', [callAction('call', 'seats')], { quota: 100 });
  await fixture.putStrategy('notes', [appAction('note')]);
});
afterAll(() => fixture?.stop());

const decide = async (customerId: string, channel: string): Promise<Decision> => {
  await fixture.putCustomers([{ customerId }]);
  const { decisions } = await fixture.client().decide({
    requestId: `r-${(serial += 1)}`,
    customerId,
    channels: [channel],
    maxActions: 1,
    isCommitted: true,
    context: undefined,
  });
  return decisions[0]!;
};
const capacity = async () =>
  (await fixture.client().listCapacity({ queue: 'seats', pageSize: 0, pageToken: '' })).capacities[0]!;
const contactsOf = async (customerId: string) =>
  (await fixture.first.app.get(CustomerStateRepository).find(customerId))?.contacts ?? [];
const outcomesOf = async (decisionId: string) =>
  (await fixture.client().getDecision({ decisionId })).decision?.outcomes ?? [];
const record = (decisionId: string, outcome: string) =>
  fixture.client().recordOutcome({ requestId: `o-${(serial += 1)}`, decisionId, outcome, occurredAt: undefined });

it('closes a lead once, told twice and by two ways: seat used, customer free, action paused', async () => {
  const before = await capacity();
  const { decisionId } = await decide('lena', 'remote_bank');
  expect(await capacity()).toMatchObject({ reserved: before.reserved + 1, used: before.used });

  const closed = LeadClosed.fromPartial({
    lead: { leadId: 'lead-1', decisionId, customerId: 'lena' },
    outcome: 'rejected',
    closedAt: fixture.clock.now(),
  });
  const heard: OutcomeRecorded[] = [];
  const stop = fixture.first.bus.listen(OutcomeRecorded, ({ data }) => heard.push(data));
  await fixture.first.publish(LeadClosed, 'lead-1', [closed], 'closed-1');
  await fixture.first.publish(LeadClosed, 'lead-1', [closed], 'closed-1');
  await fixture.first.publish(LeadClosed, 'lead-1', [closed], 'closed-2');
  await record(decisionId, 'rejected');
  await record(decisionId, 'converted');
  await eventually(async () => expect(await outcomesOf(decisionId)).toEqual(['rejected', 'converted']));
  // A message of its own shows that all before it were handled.
  await fixture.first.publish(LeadClosed, 'lead-x', [
    LeadClosed.fromPartial({ lead: { decisionId: 'none' }, outcome: 'rejected' }),
  ]);
  const [contact] = await contactsOf('lena');
  expect(contact).toMatchObject({ isCommitted: true, isOpen: false });
  expect(await capacity()).toMatchObject({ reserved: before.reserved, used: before.used + 1 });
  await eventually(() => expect(heard.map(({ outcome }) => outcome)).toEqual(['rejected', 'converted']));
  stop();
  expect((await decide('lena', 'remote_bank')).reason).toBe('SUPPRESSED');
});

it('commits what was delivered, takes in what was clicked, and frees what failed', async () => {
  const [seen, lost] = [await decide('mona', 'app'), await decide('nils', 'app')];
  const at = fixture.clock.now();
  const marked = MessageMarked.fromPartial({ decisionId: seen.decisionId, outcome: 'clicked', markedAt: at });
  const delivered = MessageDelivered.fromPartial({ decisionId: seen.decisionId, deliveredAt: at });
  const failed = DeliveryFailed.fromPartial({ decisionId: lost.decisionId, failedAt: at });
  await fixture.first.publish(MessageMarked, 'm', [marked]);
  await fixture.first.publish(MessageDelivered, 'm', [delivered]);
  await fixture.first.publish(DeliveryFailed, 'm', [failed]);
  await eventually(async () => {
    expect([...(await outcomesOf(seen.decisionId))].sort()).toEqual(['clicked', 'delivered']);
    expect(await outcomesOf(lost.decisionId)).toEqual(['released']);
  });
  expect(await contactsOf('mona')).toMatchObject([{ isCommitted: true }]);
  expect(await contactsOf('nils')).toEqual([]);
});

it('keeps the books under concurrent words about the same decisions', async () => {
  const before = await capacity();
  const people = ['olga', 'paul', 'rosa'];
  const decisions = await Promise.all(people.map((customerId) => decide(customerId, 'remote_bank')));
  const chosen = decisions.filter(({ reason }) => reason === 'CHOSEN');
  expect(chosen).toHaveLength(3);
  const words = ['no_answer', 'accepted', 'converted', 'shown', 'released'];
  await Promise.all(
    chosen.flatMap(({ decisionId }) => [...words, ...words].map((outcome) => record(decisionId, outcome))),
  );
  for (const { decisionId } of chosen) expect([...(await outcomesOf(decisionId))].sort()).toEqual([...words].sort());
  expect(await capacity()).toMatchObject({ reserved: before.reserved, used: before.used + 3 });
});

it('frees a reservation of which nothing is heard, once, and takes a late word all the same', async () => {
  const before = await capacity();
  expect(before.units - before.reserved - before.used).toBe(1);
  const { decisionId, reason } = await decide('sven', 'remote_bank');
  expect(reason).toBe('CHOSEN');
  expect((await decide('tina', 'remote_bank')).reason).toBe('CAPACITY_EXHAUSTED');
  fixture.clock.advance(3_600_000 - 1);
  expect((await decide('tina', 'remote_bank')).reason).toBe('CAPACITY_EXHAUSTED');
  fixture.clock.advance(1);
  await eventually(async () =>
    expect(await capacity()).toMatchObject({ reserved: before.reserved, used: before.used }),
  );
  expect(await contactsOf('sven')).toEqual([]);
  expect((await decide('tina', 'remote_bank')).reason).toBe('CHOSEN');
  await record(decisionId, 'converted');
  expect(await contactsOf('sven')).toMatchObject([{ isCommitted: true, isOpen: false }]);
  expect(await capacity()).toMatchObject({ reserved: before.reserved + 1, used: before.used + 1 });
});

it('refuses unknown decisions, other people and unknown words', async () => {
  const reasonOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'none',
      (error: DomainError) => error.reason,
    );
  const { decisionId } = await decide('uwe', 'app');
  expect(await reasonOf(record('nothing', 'shown'))).toBe('DECISION_NOT_FOUND');
  expect(await reasonOf(record(decisionId, 'delivered'))).toBe('VALIDATION_FAILED');
  const stranger = fixture.client(0, { kind: 'customer', id: 'mona', roles: [] });
  const shown = { requestId: 'x', decisionId, outcome: 'shown', occurredAt: undefined };
  expect(await reasonOf(stranger.recordOutcome(shown))).toBe('NOT_YOURS');
  expect(await reasonOf(stranger.getDecision({ decisionId }))).toBe('NOT_YOURS');
  const future = new Date(fixture.clock.now().getTime() + 3_600_000);
  expect(await reasonOf(fixture.client().recordOutcome({ ...shown, occurredAt: future }))).toBe('VALIDATION_FAILED');
});
