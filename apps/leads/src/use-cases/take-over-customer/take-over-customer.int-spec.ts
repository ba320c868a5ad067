import { CapacityMoved } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { Customer, CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { AddThreadEntryRequest } from '@tidegate/contracts/leads/v1/coordination';
import { LeadReturned } from '@tidegate/contracts/leads/v1/leads_events';
import { DomainError } from '@tidegate/errors';
import { eventually, FakeClock, fakePeer } from '@tidegate/testing';
import { CallCentre } from '../../testing/call-centre';
import { MoveDueLeadsUseCase } from '../move-due-leads/move-due-leads.use-case';

// Goal: one conversation with a customer at a time, whoever begins it and over two replicas; who goes on knows what was said.

const clock = new FakeClock();
const WAIT = { timeoutMs: 60_000 };
let first: CallCentre;
let second: CallCentre;
let stopPeer: () => Promise<void>;
const returned: LeadReturned[] = [];

beforeAll(async () => {
  const customers = await fakePeer(CustomersServiceService, {
    getCustomer: async ({ customerId }) => {
      if (customerId !== 'stranger') return { customer: Customer.fromPartial({ customerId }), otherCustomerIds: [] };
      throw new DomainError({ code: 'PERMISSION_DENIED', reason: 'ORG_OUT_OF_SCOPE', message: 'another branch' });
    },
  });
  stopPeer = customers.stop;
  const peers = { customers: customers.url };
  first = await CallCentre.open({ clock, peers });
  second = await CallCentre.open({ clock, peers, shareWith: first });
  first.service.bus.listen(LeadReturned, ({ data }) => returned.push(data));
});
afterAll(async () => {
  await second?.service.stop();
  await first?.service.stop();
  await stopPeer?.();
});

const asAgent = (centre: CallCentre, seatId: string) =>
  centre.coordination({ id: `agent-${seatId}`, kind: 'staff', roles: ['agent'], orgPath: 'hq/nowhere' });
const arrive = (centre: CallCentre, seatId: string, customerId: string, note = '') =>
  asAgent(centre, seatId).takeOverCustomer({
    requestId: centre.nextRequestId(),
    seatId,
    customerId,
    channel: 'walk_in',
    note,
  });
/** Why the seat did not get the customer; empty when it did. What a slow machine did not answer in time is asked again. */
const reasonOf = (centre: CallCentre, seatId: string, customerId: string): Promise<string> => {
  const request = { requestId: centre.nextRequestId(), seatId, customerId, channel: 'walk_in', note: '' };
  return eventually(async () => {
    try {
      await asAgent(centre, seatId).takeOverCustomer(request);
      return '';
    } catch (error) {
      const { reason } = error as DomainError;
      if (reason !== 'CUSTOMER_IN_CONVERSATION') throw error;
      return reason;
    }
  }, WAIT);
};
const causesOf = (leadId: string): string[] =>
  returned.filter(({ lead }) => lead?.leadId === leadId).map(({ cause }) => cause);
const pass = async (seconds: number): Promise<void> => {
  clock.advance(seconds * 1000);
  await Promise.all([first, second].map(({ service }) => service.app.get(MoveDueLeadsUseCase).execute()));
};
const putBranch = (queue: string, overrides = {}) => first.putQueue({ queue, channel: 'branch', ...overrides });

it('gives the seat where he turned up the lead that another was offered, which is told', async () => {
  await first.putQueue({ queue: 'calls' });
  await putBranch('counter');
  await first.putSeat('caller', { queues: ['calls'] });
  await first.putSeat('teller', { queues: ['counter'], state: 'away' });
  await first.decide([1], { queue: 'calls' });
  await eventually(async () => expect(await first.openLeads('caller')).toMatchObject([{ state: 'offered' }]), WAIT);
  const { lead, isInbound } = await arrive(second, 'teller', 'c-1', 'came about the letter');
  expect(isInbound).toBe(false);
  expect(lead).toMatchObject({ leadId: 'lead-d-1', state: 'accepted', seatId: 'teller', queue: 'counter' });
  expect(await first.openLeads('caller')).toEqual([]);
  await eventually(() => expect(causesOf('lead-d-1')).toEqual(['taken_over']), WAIT);
  expect(returned.find(({ cause }) => cause === 'taken_over')).toMatchObject({ personId: 'agent-teller' });
  await expect(first.accept({ leadId: 'lead-d-1' }, 'caller')).rejects.toMatchObject({
    reason: 'LEAD_MOVE_NOT_ALLOWED',
  });
  await expect(arrive(first, 'caller', 'c-1')).rejects.toMatchObject({ reason: 'CUSTOMER_IN_CONVERSATION' });
  await expect(arrive(first, 'caller', 'stranger')).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  const brief = await first.agent('teller').getLead({ leadId: 'lead-d-1' });
  expect(brief.thread).toMatchObject([{ text: 'came about the letter', channel: 'walk_in', authorId: 'agent-teller' }]);
});

it('begins one talk when a customer turns up at two seats at once, on two replicas', async () => {
  await putBranch('twice');
  for (const seatId of ['left', 'right']) await first.putSeat(seatId, { queues: ['twice'], state: 'away' });
  for (let round = 0; round < 5; round += 1) {
    const customerId = `both-${round}`;
    const answers = await Promise.all([reasonOf(first, 'left', customerId), reasonOf(second, 'right', customerId)]);
    expect(answers.sort()).toEqual(['', 'CUSTOMER_IN_CONVERSATION']);
    const page = { queue: '', seatId: '', customerId, state: '', pageSize: 0, pageToken: '' };
    expect((await first.leads.listLeads(page)).leads).toMatchObject([{ state: 'accepted', decisionId: '' }]);
  }
});

it('answers a repeated arrival with the same lead', async () => {
  await putBranch('again');
  await first.putSeat('desk', { queues: ['again'], state: 'away' });
  const request = { requestId: 'arrive', seatId: 'desk', customerId: 'again-1', channel: 'phone', note: '' };
  const [once, twice] = [
    await asAgent(first, 'desk').takeOverCustomer(request),
    await asAgent(second, 'desk').takeOverCustomer(request),
  ];
  expect(twice).toEqual(once);
  expect(once.isInbound).toBe(true);
});

it('offers a second lead of a customer only when the first talk is over', async () => {
  await first.putQueue({ queue: 'one' });
  await first.putQueue({ queue: 'other' });
  await first.decide([21], { queue: 'one', customerId: 'shared' });
  await first.decide([22], { queue: 'other', customerId: 'shared' });
  await first.putSeat('one', { queues: ['one'] });
  await eventually(async () => expect(await first.openLeads('one')).toHaveLength(1), WAIT);
  await second.putSeat('other', { queues: ['other'] });
  await second.service.app.get(MoveDueLeadsUseCase).drainBacklog();
  expect(await first.openLeads('other')).toEqual([]);
  await first.accept({ leadId: 'lead-d-21' }, 'one');
  const end = { leadId: 'lead-d-21', seatId: 'one', disposition: 'not_interested', note: '', callBackAt: undefined };
  await first.agent('one').recordDisposition({ ...end, requestId: 'end-21' });
  await second.service.app.get(MoveDueLeadsUseCase).drainBacklog();
  await eventually(async () => expect(await first.openLeads('other')).toMatchObject([{ leadId: 'lead-d-22' }]), WAIT);
});

it('carries what was asked and begun from the app to the next agent, who hands it over', async () => {
  await first.putQueue({ queue: 'talk' });
  await putBranch('finish');
  await first.putSeat('talk', { queues: ['talk'] });
  await first.putSeat('finish', { queues: ['finish'], capacity: 2 });
  const said = (of: { leadId?: string; customerId?: string }, entry: object) =>
    AddThreadEntryRequest.fromPartial({ requestId: first.nextRequestId(), ...of, entry });
  const app = first.coordination({ id: 'c-31', kind: 'customer' });
  const form = {
    channel: 'app',
    kind: 'form',
    form: 'loan',
    reference: 'app-7',
    fields: { term: '12', income: '8000' },
  };
  await app.addThreadEntry(said({ customerId: 'c-31' }, form));
  await expect(app.addThreadEntry(said({ customerId: 'c-32' }, form))).rejects.toMatchObject({ reason: 'NOT_YOURS' });
  await first.decide([31], { queue: 'talk' });
  await eventually(async () => expect(await first.openLeads('talk')).toHaveLength(1), WAIT);
  await first.accept({ leadId: 'lead-d-31' }, 'talk');
  const agent = asAgent(first, 'talk');
  const answer = { channel: 'remote_bank', kind: 'answer', question: 'loan.income', answer: '9000' };
  await agent.addThreadEntry(said({ leadId: 'lead-d-31' }, answer));
  const other = asAgent(first, 'finish');
  const refusal = { reason: 'ORG_OUT_OF_SCOPE' };
  await expect(other.addThreadEntry(said({ leadId: 'lead-d-31' }, answer))).rejects.toMatchObject(refusal);
  const { lead } = await agent.handOverLead({
    requestId: 'over',
    leadId: 'lead-d-31',
    seatId: 'talk',
    toQueue: 'finish',
    toSeatId: 'finish',
    note: 'signs at the branch',
  });
  expect(lead).toMatchObject({ queue: 'finish' });
  await eventually(async () => expect(await first.openLeads('finish')).toMatchObject([{ leadId: 'lead-d-31' }]), WAIT);
  const brief = await first.agent('finish').getLead({ leadId: 'lead-d-31' });
  expect(brief.thread.map(({ kind }) => kind)).toEqual(['note', 'answer', 'form']);
  expect(brief.thread[2]).toMatchObject({ reference: 'app-7' });
  expect(brief.knownAnswers.map(({ question, answer: known }) => [question, known])).toEqual([
    ['loan.term', '12'],
    ['loan.income', '9000'],
  ]);
  const own = await app.listThread({ leadId: '', customerId: 'c-31', pageSize: 2, pageToken: '' });
  expect(own.entries).toHaveLength(2);
  expect(own.nextPageToken).not.toBe('');
});

it('goes from the relationship manager to the outlet to the remote bank, each in its time', async () => {
  for (const queue of ['rm', 'outlet', 'centre']) await putBranch(queue, { offerTimeoutSeconds: 86_400 });
  await first.putSeat('rm', { queues: ['rm'] });
  await first.putSeat('colleague', { queues: ['rm'] });
  const steps = [
    { to: 'owner', queue: 'rm', waitMinutes: 60 },
    { to: 'queue', queue: 'outlet', waitMinutes: 120 },
    { to: 'queue', queue: 'centre', waitMinutes: 0 },
  ];
  const route = { routeId: '', orgPath: 'hq', strategyId: 'owned', actionId: '', queue: '', steps };
  await first.coordination().putRoute({ requestId: 'route', route });
  await expect(
    first
      .coordination({ kind: 'staff', id: 'x', roles: ['admin'], orgPath: 'hq/west' })
      .putRoute({ requestId: 'r', route }),
  ).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  await first.decide([41, 42], { queue: 'outlet', strategyId: 'owned', ownerId: 'agent-rm' });
  await eventually(async () => expect(await first.openLeads('rm')).toMatchObject([{ leadId: 'lead-d-42' }]), WAIT);
  await first.accept({ leadId: 'lead-d-42' }, 'rm');
  expect(await first.openLeads('colleague')).toEqual([]);
  expect(await first.lead('lead-d-41')).toMatchObject({ queue: 'rm', onlySeatId: 'rm', state: 'waiting' });
  await pass(3_599);
  expect(await first.lead('lead-d-41')).toMatchObject({ queue: 'rm' });
  await pass(1);
  expect(await first.lead('lead-d-41')).toMatchObject({ queue: 'outlet', onlySeatId: '', state: 'waiting' });
  await pass(7_200);
  const lead = await first.lead('lead-d-41');
  expect(lead).toMatchObject({ queue: 'centre', state: 'waiting' });
  expect(lead.steps.map(({ cause }) => cause)).toEqual(['created', 'created', 'untouched', 'untouched']);
  expect(await first.lead('lead-d-42')).toMatchObject({ queue: 'rm', state: 'accepted' });
  await eventually(() => expect(causesOf('lead-d-41')).toEqual(['escalated', 'escalated', 'escalated']), WAIT);
});

it('is worked in the slot that it is promised for, and follows when that moves', async () => {
  await first.putQueue({ queue: 'slots' });
  await first.putSeat('slots', { queues: ['slots'], capacity: 5 });
  const at = new Date(clock.now().getTime() + 3_600_000);
  await first.decide([51, 52, 53], { queue: 'slots', promisedAt: at });
  const stateOf = async (n: number): Promise<string> => (await first.lead(`lead-d-${n}`)).state;
  await eventually(async () => expect(await stateOf(53)).toBe('scheduled'), WAIT);
  const moved = (n: number, overrides: Partial<CapacityMoved>) =>
    CapacityMoved.fromPartial({ decisionId: `d-${n}`, customerId: `c-${n}`, ...overrides });
  const later = new Date(at.getTime() + 3_600_000);
  await first.service.publish(CapacityMoved, 'd', [moved(52, { promisedAt: later }), moved(53, { isReleased: true })]);
  await eventually(async () => expect(await stateOf(53)).toBe('closed'), WAIT);
  await pass(3_599);
  expect(await first.openLeads('slots')).toEqual([]);
  await pass(1);
  await eventually(async () => expect(await first.openLeads('slots')).toMatchObject([{ leadId: 'lead-d-51' }]), WAIT);
  expect(await first.lead('lead-d-52')).toMatchObject({ state: 'scheduled', promisedAt: later });
});
