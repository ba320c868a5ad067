import { DecideRequest, type Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { CapacityMoved } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { Lead } from '@tidegate/contracts/leads/v1/leads';
import { LeadReturned } from '@tidegate/contracts/leads/v1/leads_events';
import { eventually } from '@tidegate/testing';
import { ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';

// Goal: people's time follows the lead, exactly: given back where it was and taken where it is, never beyond what is there.

const DAY = '2026-03-02';
const CUSTOMERS = ['ann', 'ben', 'cyd'];
let fixture: ArbitrationFixture;
const heard: CapacityMoved[] = [];
const decisions = new Map<string, Decision>();

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
