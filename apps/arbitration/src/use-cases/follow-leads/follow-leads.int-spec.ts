import { DecideRequest, type Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { CapacityMoved } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { Lead } from '@tidegate/contracts/leads/v1/leads';
import { LeadReturned } from '@tidegate/contracts/leads/v1/leads_events';
import { eventually } from '@tidegate/testing';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';
import { PushRunner } from '../../testing/push-runner';

// Goal: people's time follows the lead, exactly: given back where it was and taken where it is, never beyond what is there.

const DAY = '2026-03-02';
const CUSTOMERS = ['ann', 'ben', 'cyd'];
let fixture: ArbitrationFixture;
const heard: CapacityMoved[] = [];
const decisions = new Map<string, Pick<Decision, 'decisionId'>>();

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  fixture.first.bus.listen(CapacityMoved, ({ data }) => heard.push(data));
  await fixture.putPolicy({});
  const put = (queue: string, units: number) =>
    fixture.client().putCapacity({ requestId: queue, queue, slot: DAY, units });
  await put('outlet', 3);
  await put('centre', 2);
  await fixture.putStrategy('calls', [callAction('call', 'outlet')]);
  await fixture.putCustomers(CUSTOMERS.map((customerId) => ({ customerId })));
  for (const customerId of CUSTOMERS) {
    const request = { requestId: customerId, customerId, channels: ['remote_bank'], isCommitted: true };
    const answer = await fixture.client().decide(DecideRequest.fromPartial(request));
    decisions.set(customerId, answer.decisions[0]!);
  }
});
afterAll(() => fixture?.stop());

const tell = (customerId: string, queue: string, cause: string, messageId = `${customerId}-${queue}-${cause}`) => {
  const lead = Lead.fromPartial({
    leadId: `lead-${customerId}`,
    decisionId: decisions.get(customerId)!.decisionId,
    queue,
  });
  return fixture.first.publish(LeadReturned, lead.leadId, [{ lead, cause, personId: '' }], messageId);
};
const reservedOf = async (queue: string): Promise<number | undefined> => {
  const { capacities } = await fixture.client().listCapacity({ queue, pageSize: 0, pageToken: '' });
  return capacities.find(({ slot }) => slot === DAY)?.reserved;
};
const movedOf = (customerId: string) => heard.filter((told) => told.customerId === customerId);

it('moves one unit with each lead, and none twice', async () => {
  expect(await reservedOf('outlet')).toBe(3);
  await tell('ann', 'outlet', 'declined');
  await tell('ann', 'centre', 'overflowed');
  await tell('ann', 'centre', 'overflowed');
  await tell('ben', 'centre', 'escalated');
  await eventually(async () => expect([await reservedOf('outlet'), await reservedOf('centre')]).toEqual([1, 2]));
  await eventually(() => expect(movedOf('ann')).toMatchObject([{ capacitySlot: DAY, isReleased: false }]));
});

it('goes on without a unit where none is left, and gives back what it held', async () => {
  await tell('cyd', 'centre', 'taken_over');
  await eventually(async () => expect([await reservedOf('outlet'), await reservedOf('centre')]).toEqual([0, 2]));
  await eventually(() => expect(movedOf('cyd')).toMatchObject([{ capacitySlot: '', isReleased: false }]));
  const outcome = (customerId: string, name: string) => {
    const { decisionId } = decisions.get(customerId)!;
    return fixture
      .client(1)
      .recordOutcome({ requestId: `end-${customerId}`, decisionId, outcome: name, occurredAt: undefined });
  };
  await outcome('cyd', 'converted');
  await outcome('ann', 'converted');
  await outcome('ben', 'released');
  const { capacities } = await fixture.client().listCapacity({ queue: 'centre', pageSize: 0, pageToken: '' });
  expect(capacities).toMatchObject([{ slot: DAY, units: 2, reserved: 0, used: 1 }]);
});

it('takes the contact along: it is of today once people have it, and of tomorrow where their next unit is', async () => {
  const TOMORROW = '2026-03-03';
  const put = (queue: string, slot: string, units: number) =>
    fixture.client().putCapacity({ requestId: `${queue}-${slot}`, queue, slot, units });
  await put('far', '2026-03-06', 2);
  await put('desk', DAY, 1);
  await put('hall', TOMORROW, 1);
  const eligibility = { field: 'attributes.test', op: 'eq', value: 'far' };
  await fixture.putStrategy('far', [callAction('far-call', 'far', { eligibility })]);
  const list = ['dan', 'eve'].map((customerId) => ({ customerId, attributes: { test: 'far' } }));
  await fixture.putCustomers(list);
  const pushes = new PushRunner(fixture);
  const pushId = await pushes.start('far', ['dan', 'eve'], { horizonDays: 6 });
  await pushes.finished(pushId);
  for (const { decisionId, customerId } of await pushes.decisionsOf(pushId)) {
    decisions.set(customerId, { decisionId });
  }
  const contactOf = async (customerId: string) =>
    (await fixture.first.app.get(CustomerStateRepository).find(customerId))?.contacts[0];
  expect((await contactOf('dan'))?.at).toEqual(new Date('2026-03-05T16:00:00Z'));

  await tell('dan', 'desk', 'taken_over');
  await tell('eve', 'hall', 'handed_over');
  const ttlMs = 86_400_000;
  const now = fixture.clock.now();
  const midnight = new Date('2026-03-02T16:00:00Z');
  await eventually(async () => {
    const [dan, eve] = [await contactOf('dan'), await contactOf('eve')];
    expect(dan).toMatchObject({ at: now, expiresAt: new Date(now.getTime() + ttlMs) });
    expect(eve).toMatchObject({ at: midnight, expiresAt: new Date(midnight.getTime() + ttlMs) });
  });
});
