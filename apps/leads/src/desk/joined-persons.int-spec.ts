import { Customer, CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { PersonsChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { AddThreadEntryRequest } from '@tidegate/contracts/leads/v1/coordination';
import type { DomainError } from '@tidegate/errors';
import { eventually, FakeClock, fakePeer } from '@tidegate/testing';
import { CallCentre } from '../testing/call-centre';
import { MoveDueLeadsUseCase } from '../use-cases/move-due-leads/move-due-leads.use-case';

// Goal: whoever has two profiles is one customer: one conversation at a time over two replicas, one waiting lead, one thread; and two again when the
// join was a mistake.

const WAIT = { timeoutMs: 60_000 };
const ROUNDS = 5;
let first: CallCentre;
let second: CallCentre;
let stopPeer: () => Promise<void>;
/** What `customers` shows an agent beside the profile that he asks for. */
const others = new Map<string, string[]>();
const versions = new Map<string, number>();

beforeAll(async () => {
  const customers = await fakePeer(CustomersServiceService, {
    getCustomer: ({ customerId }: { customerId: string }) =>
      Promise.resolve({
        customer: Customer.fromPartial({ customerId }),
        otherCustomerIds: others.get(customerId) ?? [],
      }),
  });
  stopPeer = customers.stop;
  const options = { clock: new FakeClock(), peers: { customers: customers.url } };
  first = await CallCentre.open(options);
  second = await CallCentre.open({ ...options, shareWith: first });
});
afterAll(async () => {
  await second?.service.stop();
  await first?.service.stop();
  await stopPeer?.();
});

/** As a join, or its undoing, tells it; returns when the desk has heard. */
async function move(customerIds: string[], personKey: string): Promise<void> {
  const version = 1 + Math.max(0, ...customerIds.map((customerId) => versions.get(customerId) ?? 0));
  for (const customerId of customerIds) versions.set(customerId, version);
  const profiles = customerIds.map((customerId) => ({ customerId, personKey, version }));
  await first.service.publish(PersonsChanged, personKey, [{ profiles }]);
  const links = first.service.mongo.connection.collection<{ _id: string }>('person_links');
  const heard = { _id: { $in: customerIds }, personKey, version };
  await eventually(async () => expect(await links.countDocuments(heard)).toBe(customerIds.length), WAIT);
}
async function join(one: string, other: string): Promise<void> {
  others.set(one, [other]);
  others.set(other, [one]);
  await move([one, other], `key-${one}`);
}
const asAgent = (centre: CallCentre, seatId: string) =>
  centre.coordination({ id: `agent-${seatId}`, kind: 'staff', roles: ['agent'], orgPath: 'hq/nowhere' });
const arrive = (centre: CallCentre, seatId: string, customerId: string, requestId = centre.nextRequestId()) =>
  asAgent(centre, seatId).takeOverCustomer({ requestId, seatId, customerId, channel: 'walk_in', note: '' });
/** Why the seat did not get the customer; empty when it did. What a slow machine did not answer in time is asked again. */
const reasonOf = (centre: CallCentre, seatId: string, customerId: string): Promise<string> => {
  const requestId = centre.nextRequestId();
  return eventually(async () => {
    try {
      await arrive(centre, seatId, customerId, requestId);
      return '';
    } catch (error) {
      const { reason } = error as DomainError;
      if (reason !== 'CUSTOMER_IN_CONVERSATION') throw error;
      return reason;
    }
  }, WAIT);
};
const openingOf = (seatId: string, count: number) =>
  eventually(async () => {
    const open = await first.openLeads(seatId);
    expect(open).toHaveLength(count);
    return open;
  }, WAIT);
const end = async (seatId: string, leadId: string): Promise<void> => {
  await first.accept({ leadId }, seatId);
  const ending = { leadId, seatId, disposition: 'not_interested', note: '', callBackAt: undefined };
  await first.agent(seatId).recordDisposition({ ...ending, requestId: `end-${leadId}` });
};
const drain = (): Promise<unknown> =>
  Promise.all([first, second].map(({ service }) => service.app.get(MoveDueLeadsUseCase).drainBacklog()));

it('takes over the lead that waits under the other profile, also before the join is heard of here', async () => {
  await first.putQueue({ queue: 'calls' });
  await first.putQueue({ queue: 'counter', channel: 'branch' });
  await first.putSeat('caller', { queues: ['calls'] });
  await first.putSeat('teller', { queues: ['counter'], capacity: 5, state: 'away' });
  await join('c-1', 'c-1b');
  await first.decide([1], { queue: 'calls' });
  await openingOf('caller', 1);
  const answer = await arrive(second, 'teller', 'c-1b', 'joined');
  expect(answer).toMatchObject({ isInbound: false, lead: { leadId: 'lead-d-1', customerId: 'c-1', seatId: 'teller' } });
  expect(await first.openLeads('caller')).toEqual([]);
  expect(await reasonOf(first, 'caller', 'c-1b')).toBe('CUSTOMER_IN_CONVERSATION');
  // A repeat is one, whatever is known of the person by then.
  others.set('c-1b', []);
  expect(await arrive(first, 'teller', 'c-1b', 'joined')).toEqual(answer);

  others.set('c-2b', ['c-2']);
  await first.decide([2], { queue: 'calls' });
  await openingOf('caller', 1);
  expect(await arrive(second, 'teller', 'c-2b')).toMatchObject({ isInbound: false, lead: { leadId: 'lead-d-2' } });
});

it('offers the leads of two profiles one after the other, and both at once when the join was a mistake', async () => {
  await first.putQueue({ queue: 'turns' });
  await join('c-11', 'c-12');
  await first.decide([11, 12], { queue: 'turns' });
  await first.putSeat('turns', { queues: ['turns'], capacity: 2 });
  const [offered] = await openingOf('turns', 1);
  await drain();
  await openingOf('turns', 1);
  await end('turns', offered!.leadId);
  await drain();
  const [next] = await openingOf('turns', 1);
  expect(next!.leadId).not.toBe(offered!.leadId);
  await end('turns', next!.leadId);
  others.clear();
  await move(['c-12'], 'c-12');
  await first.decide([13], { queue: 'turns', customerId: 'c-11' });
  await first.decide([14], { queue: 'turns', customerId: 'c-12' });
  await openingOf('turns', 2);
});

it('begins one talk when a person turns up at two seats at once as two customers, on two replicas', async () => {
  await first.putQueue({ queue: 'twice', channel: 'branch' });
  for (const seatId of ['left', 'right']) await first.putSeat(seatId, { queues: ['twice'], state: 'away' });
  for (let round = 0; round < ROUNDS; round += 1) {
    const [one, other] = [`left-${round}`, `right-${round}`];
    await join(one, other);
    const answers = await Promise.all([reasonOf(first, 'left', one), reasonOf(second, 'right', other)]);
    expect(answers.sort()).toEqual(['', 'CUSTOMER_IN_CONVERSATION']);
    const leads = first.service.mongo.connection.collection('leads');
    expect(await leads.countDocuments({ customerId: { $in: [one, other] } })).toBe(1);
  }
});

it('offers one of two leads when both replicas offer at once', async () => {
  const pairs = Array.from({ length: ROUNDS }, (_, round) => [2 * round + 100, 2 * round + 101] as const);
  for (const queue of ['even', 'odd']) await first.putQueue({ queue });
  for (const [even, odd] of pairs) await join(`c-${even}`, `c-${odd}`);
  await first.decide(
    pairs.map(([even]) => even),
    { queue: 'even' },
  );
  await first.decide(
    pairs.map(([, odd]) => odd),
    { queue: 'odd' },
  );
  const leads = first.service.mongo.connection.collection('leads');
  const countOf = (filter: object) => leads.countDocuments({ queue: { $in: ['even', 'odd'] }, ...filter });
  await eventually(async () => expect(await countOf({})).toBe(2 * ROUNDS), WAIT);
  await Promise.all([
    first.putSeat('even', { queues: ['even'], capacity: ROUNDS }),
    second.putSeat('odd', { queues: ['odd'], capacity: ROUNDS }),
  ]);
  await drain();
  await eventually(async () => expect(await countOf({ state: 'offered' })).toBe(ROUNDS), WAIT);
  const open = [...(await first.openLeads('even')), ...(await first.openLeads('odd'))];
  const pairOf = ({ customerId }: { customerId: string }): number => Math.floor(Number(customerId.slice(2)) / 2);
  expect(new Set(open.map(pairOf)).size).toBe(ROUNDS);
});

it('shows who serves him one thread, and the app each its own', async () => {
  await first.putQueue({ queue: 'talk' });
  await first.putSeat('talk', { queues: ['talk'], state: 'away' });
  await join('c-31', 'c-32');
  const said = (customerId: string, reference: string, income: string) =>
    first.coordination({ id: customerId, kind: 'customer' }).addThreadEntry(
      AddThreadEntryRequest.fromPartial({
        requestId: first.nextRequestId(),
        customerId,
        entry: { channel: 'app', kind: 'form', form: 'loan', reference, fields: { income } },
      }),
    );
  await said('c-31', 'app-1', '8000');
  await said('c-32', 'app-2', '9000');
  const { lead } = await arrive(first, 'talk', 'c-32');
  const page = { leadId: lead!.leadId, customerId: '', pageSize: 10, pageToken: '' };
  const referencesOf = (entries: { reference: string }[]): string[] => entries.map(({ reference }) => reference);
  const thread = await asAgent(first, 'talk').listThread(page);
  expect(referencesOf(thread.entries)).toEqual(['app-2', 'app-1']);
  expect(thread.knownAnswers).toMatchObject([{ question: 'loan.income', answer: '9000' }]);
  expect(referencesOf((await first.agent('talk').getLead({ leadId: lead!.leadId })).thread)).toEqual([
    'app-2',
    'app-1',
  ]);
  const app = first.coordination({ id: 'c-31', kind: 'customer' });
  const own = await app.listThread({ leadId: '', customerId: 'c-31', pageSize: 10, pageToken: '' });
  expect(referencesOf(own.entries)).toEqual(['app-1']);
  await move(['c-31'], 'c-31');
  expect(referencesOf((await asAgent(first, 'talk').listThread(page)).entries)).toEqual(['app-2']);
});
