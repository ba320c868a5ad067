import type { Decision, DecideRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';

// Goal: a webhook names its partner's endpoint where work of people names its queue; it takes nobody's time and is no conversation.

let fixture: ArbitrationFixture;
let serial = 0;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(1);
  await fixture.putPolicy({});
  const partner = (actionId: string, queue: string) => ({
    ...{ actionId, group: 'deposits' },
    treatments: [{ channel: 'webhook', title: 'A lead for the partner', queue }],
  });
  await fixture.putStrategy('partners', [partner('tell', 'partner-endpoint'), partner('tell-again', 'seats')]);
  await fixture.putStrategy('calls', [callAction('call', 'seats', { valueMinor: 90 })]);
  await fixture.client().putCapacity({ requestId: 'seats', queue: 'seats', slot: 'default', units: 2 });
  await fixture.putCustomers([{ customerId: 'ann' }, { customerId: 'ben' }]);
});
afterAll(() => fixture?.stop());

const decide = async (customerId: string, overrides: Partial<DecideRequest>): Promise<Decision[]> => {
  const requestId = `r-${(serial += 1)}`;
  const base = { requestId, customerId, channels: [], maxActions: 5, isCommitted: true, context: undefined };
  return (await fixture.client().decide({ ...base, ...overrides })).decisions;
};
const contactsOf = async (customerId: string) =>
  (await fixture.first.app.get(CustomerStateRepository).find(customerId))?.contacts ?? [];
const seats = async () => {
  const { capacities } = await fixture.client().listCapacity({ queue: 'seats', pageSize: 0, pageToken: '' });
  return capacities.map(({ slot, reserved, used }) => [slot, reserved, used]);
};

it('needs no capacity, though a queue of people has the name of its endpoint', async () => {
  const decisions = await decide('ann', { channels: ['webhook'] });
  expect(decisions).toMatchObject([
    { actionId: 'tell', channel: 'webhook', queue: 'partner-endpoint', capacitySlot: '', reason: 'CHOSEN' },
    { actionId: 'tell-again', channel: 'webhook', queue: 'seats', capacitySlot: '', reason: 'CHOSEN' },
  ]);
  expect(await contactsOf('ann')).toMatchObject([{ isHuman: false }, { isHuman: false }]);
  for (const { decisionId } of decisions) {
    const word = { requestId: decisionId, decisionId, outcome: 'clicked', occurredAt: undefined };
    await fixture.client().recordOutcome(word);
  }
  expect(await contactsOf('ann')).toMatchObject([
    { isHuman: false, isCommitted: true },
    { isHuman: false, isCommitted: true },
  ]);
  expect(await seats()).toEqual([['default', 0, 0]]);
});

it('is no human conversation: neither keeps a person from the customer nor waits for one', async () => {
  expect(await decide('ann', { channels: ['remote_bank'] })).toMatchObject([{ actionId: 'call', reason: 'CHOSEN' }]);
  expect(await decide('ben', { channels: ['remote_bank'] })).toMatchObject([{ actionId: 'call', reason: 'CHOSEN' }]);
  // The seats are full, and somebody is about to talk to both.
  expect(await decide('ben', { channels: ['webhook'], maxActions: 1 })).toMatchObject([
    { channel: 'webhook', reason: 'CHOSEN' },
  ]);
  expect((await contactsOf('ben')).map(({ channel, isHuman }) => [channel, isHuman])).toEqual([
    ['remote_bank', true],
    ['webhook', false],
  ]);
});
