import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { eventually } from '@tidegate/testing';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { aCustomerMessage, appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';

// Goal: however often and in whatever order customers are told of, the newest state is kept, and a word written through is never set back.

let fixture: ArbitrationFixture;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  await fixture.putPolicy({});
  await fixture.putStrategy('home', [
    appAction('save', { eligibility: { field: 'attributes.age', op: 'gte', value: 18 } }),
  ]);
});
afterAll(() => fixture?.stop());

const stateOf = (customerId: string) => fixture.first.app.get(CustomerStateRepository).find(customerId);
const reasonOf = async (customerId: string, requestId: string): Promise<string | undefined> => {
  const { decisions } = await fixture.client().decide({
    requestId,
    customerId,
    channels: ['app'],
    maxActions: 1,
    isCommitted: true,
    context: undefined,
  });
  return decisions[0]?.reason;
};
const at = (version: number, age: number, isGranted = true): CustomerChanged => ({
  customer: aCustomerMessage({
    customerId: 'vera',
    version,
    attributes: { age },
    consents: [{ purpose: 'marketing', channel: '*', isGranted, changedAt: new Date(version) }],
  }),
});

it('keeps the highest version of 600 customers told twice, newest first', async () => {
  const people = Array.from({ length: 600 }, (_, index) => `p-${index}`);
  const told = (version: number): CustomerChanged[] =>
    people.map((customerId) => ({ customer: aCustomerMessage({ customerId, version, attributes: { age: version } }) }));
  await fixture.first.publish(CustomerChanged, 'all', told(3), 'third');
  await fixture.first.publish(CustomerChanged, 'all', told(1), 'first');
  await fixture.first.publish(CustomerChanged, 'all', told(3), 'third');
  await fixture.first.publish(CustomerChanged, 'all', told(2), 'second');
  await fixture.putCustomers([{ customerId: 'last' }]);
  const states = await fixture.first.app.get(CustomerStateRepository).findMany(people);
  expect(states.size).toBe(600);
  for (const { facts } of states.values()) expect(facts).toMatchObject({ version: 3, attributes: { age: 3 } });
});

it('holds a write-through for a customer not told of yet, over every older event, until a newer one speaks', async () => {
  const client = fixture.client(1);
  await client.applyConsent({ customerId: 'vera', purpose: 'marketing', channel: 'app', isGranted: false, version: 5 });
  await client.applyHold({ customerId: 'vera', hasComplaintHold: true, version: 6 });
  await fixture.first.publish(CustomerChanged, 'vera', [at(4, 30), at(2, 17)]);
  await eventually(async () => expect((await stateOf('vera'))?.facts?.version).toBe(4));
  expect(await reasonOf('vera', 'v-1')).toBe('CONSENT_MISSING');

  await fixture.first.publish(CustomerChanged, 'vera', [at(5, 30)]);
  await eventually(async () => expect((await stateOf('vera'))?.facts?.version).toBe(5));
  expect(await reasonOf('vera', 'v-2')).toBe('COMPLAINT_HOLD');

  await fixture.first.publish(CustomerChanged, 'vera', [at(7, 30)]);
  await eventually(async () => expect((await stateOf('vera'))?.facts?.version).toBe(7));
  // A late repeat of the old word changes nothing any more.
  await client.applyConsent({ customerId: 'vera', purpose: 'marketing', channel: 'app', isGranted: false, version: 5 });
  expect(await reasonOf('vera', 'v-3')).toBe('CHOSEN');
  expect((await stateOf('vera'))?.contacts).toHaveLength(1);
});

it('goes on with contacts while the projection changes', async () => {
  await fixture.putCustomers([{ customerId: 'will', attributes: { age: 40 } }]);
  const changes = Array.from({ length: 20 }, (_, index) =>
    fixture.first.publish(CustomerChanged, 'will', [
      { customer: aCustomerMessage({ customerId: 'will', version: index + 2, attributes: { age: 40 + index } }) },
    ]),
  );
  const decisions = Array.from({ length: 20 }, (_, index) => reasonOf('will', `w-${index}`));
  expect(await Promise.all(decisions)).toEqual(new Array(20).fill('CHOSEN'));
  await Promise.all(changes);
  await eventually(async () => expect((await stateOf('will'))?.facts?.version).toBe(21));
  expect((await stateOf('will'))?.contacts).toHaveLength(20);
});

it('answers of a joined profile as of the older one, control groups included', async () => {
  await fixture.putPolicy({ globalHoldoutBasisPoints: 2_000 });
  const pairs = Array.from({ length: 20 }, (_, index) => ({ old: `old-${index}`, young: `young-${index}` }));
  const put = (version: number, keyOfYoung: (pair: (typeof pairs)[number]) => string): Promise<void> =>
    fixture.putCustomers(
      pairs.flatMap((pair) => [
        { customerId: pair.old, personKey: `key-${pair.old}`, version, attributes: { age: 40 } },
        { customerId: pair.young, personKey: keyOfYoung(pair), version, attributes: { age: 40 } },
      ]),
    );
  const reasonsOf = (whose: 'old' | 'young', when: string): Promise<(string | undefined)[]> =>
    Promise.all(pairs.map((pair) => reasonOf(pair[whose], `${when}-${pair[whose]}`)));
  await put(1, ({ young }) => `key-${young}`);
  const ofOlder = await reasonsOf('old', 'apart');
  expect(new Set(ofOlder)).toEqual(new Set(['CHOSEN', 'HOLDOUT_GLOBAL']));
  expect(await reasonsOf('young', 'apart')).not.toEqual(ofOlder);
  await put(2, ({ old }) => `key-${old}`);
  expect(await reasonsOf('young', 'joined')).toEqual(ofOlder);
});
