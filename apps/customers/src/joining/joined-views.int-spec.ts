import { CustomersServiceService, type Customer, type TimelineEntry } from '@tidegate/contracts/customers/v1/customers';
import { CustomerChanged, PersonsChanged } from '@tidegate/contracts/customers/v1/customers_events';
import type { Actor } from '@tidegate/observability';
import { eventually } from '@tidegate/testing';
import { customerIdOf } from '../domain/customer-id';
import { column, importFile, importRequest, startCustomers, type CustomersHarness } from '../testing/customers.harness';

// Goal: staff see of a person what all his profiles did, each entry once; what one profile refuses or complains of holds for all, in
// decisions too before the answer; and nothing of it is left when the join is undone.

const PATIENT = { timeoutMs: 60_000 };
const MAPPING = [column('id', 'external_id'), column('phone', 'phone'), column('org', 'org_path')];
const GRANTED = [
  { purpose: 'marketing', channel: 'app' },
  { purpose: 'marketing', channel: 'sms' },
];
let harness: CustomersHarness;
let serial = 0;
const events = new Map<string, Customer>();
const persons = new Map<string, { personKey: string; version: number }>();

beforeAll(async () => {
  harness = await startCustomers();
  harness.service.bus.listen(CustomerChanged, ({ data: { customer } }) => {
    if (customer && customer.version >= (events.get(customer.customerId)?.version ?? 0)) {
      events.set(customer.customerId, customer);
    }
  });
  harness.service.bus.listen(PersonsChanged, ({ data: { profiles } }) => {
    for (const { customerId, ...told } of profiles) {
      if (told.version > (persons.get(customerId)?.version ?? 0)) persons.set(customerId, told);
    }
  });
  const lines = ['ada,13800000001,hq/east', 'bea,13800000002,hq/east', 'wei,13800000003,hq/west', 'lin,,hq/east'];
  await importFile(
    harness.client,
    importRequest(MAPPING, { consents: GRANTED }),
    ['id,phone,org', ...lines].join('\n'),
  );
});
afterAll(() => harness?.stop());
beforeEach(() => {
  harness.told.consents.length = 0;
  harness.told.holds.length = 0;
});

const nextId = (): string => `r-${(serial += 1)}`;
const get = (name: string, by = harness.client) => by.getCustomer({ customerId: '', externalId: name });
const join = async (one: string, other: string): Promise<string> => {
  const request = { customerId: customerIdOf(one), otherCustomerId: customerIdOf(other), reason: 'one passport' };
  return (await harness.client.joinProfiles({ requestId: nextId(), ...request })).join!.joinId;
};
const undo = (name: string, joinId: string) =>
  harness.client.undoProfileJoin({
    requestId: nextId(),
    customerId: customerIdOf(name),
    joinId,
    reason: 'a mistake',
  });
const say = (name: string, channel: string, isGranted: boolean) => {
  const what = { purpose: 'marketing', channel, isGranted, evidence: 'call' };
  return harness.client.recordConsent({ requestId: nextId(), customerId: customerIdOf(name), ...what });
};
/** Channels on which the profile may be contacted, by the view and by what is told to decisions alike. */
const allowed = async (name: string): Promise<string[]> => {
  const { customer } = await get(name);
  await eventually(() => expect(events.get(customer!.customerId)?.version).toBe(customer!.version), PATIENT);
  const told = events.get(customer!.customerId)!;
  expect(told.consents).toEqual(customer!.consents);
  expect(told.hasComplaintHold).toBe(customer!.hasComplaintHold);
  return told.consents.filter(({ isGranted }) => isGranted).map(({ channel }) => channel);
};
const as = (actor: Partial<Actor>) => harness.service.client(CustomersServiceService, actor);
const timeline = async (name: string, by = harness.client, size = 2): Promise<TimelineEntry[]> => {
  const entries: TimelineEntry[] = [];
  for (let pageToken = ''; ;) {
    const page = await by.listTimeline({ customerId: customerIdOf(name), pageSize: size, pageToken });
    entries.push(...page.entries);
    if (page.nextPageToken === '') return entries;
    pageToken = page.nextPageToken;
  }
};

it('holds every profile of a person to what one of them refuses, before the answer, until it is undone', async () => {
  await say('bea', 'app', false);
  expect(await allowed('ada')).toEqual(['app', 'sms']);
  const joinId = await join('ada', 'bea');
  expect(await allowed('ada')).toEqual(['sms']);
  expect((await get('ada')).customer!.consents).toContainEqual(
    expect.objectContaining({ channel: 'app', isGranted: false, isOfPerson: true }),
  );

  harness.told.consents.length = 0;
  await say('ada', 'sms', false);
  expect(
    harness.told.consents.map(({ customerId, channel, isGranted }) => [customerId, channel, isGranted]).sort(),
  ).toEqual(['ada', 'bea'].map((name) => [customerIdOf(name), 'sms', false]).sort());
  expect(await allowed('bea')).toEqual([]);
  // What the one grants again is no grant while the other refuses, and decisions are not told that it is.
  harness.told.consents.length = 0;
  expect((await say('ada', 'app', true)).consent).toMatchObject({ isGranted: false, isOfPerson: true });
  expect(harness.told.consents).toEqual([]);
  expect(await allowed('ada')).toEqual([]);

  await undo('bea', joinId);
  expect([await allowed('ada'), await allowed('bea')]).toEqual([['app'], ['sms']]);
  await say('ada', 'sms', true);
  await say('bea', 'app', true);
  expect((await allowed('ada')).sort()).toEqual(['app', 'sms']);
});

it('stops promotion to every profile while a complaint of one is open', async () => {
  const joinId = await join('ada', 'bea');
  const complain = (requestId: string) =>
    harness.client.openComplaint({ requestId, customerId: customerIdOf('bea'), subject: 'too many calls' });
  harness.breakArbitration(true);
  await expect(complain(nextId())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  harness.breakArbitration(false);
  const { complaint } = await complain(nextId());
  // What was asked in vain may arrive late, beside what is asked now.
  const held = harness.told.holds.map(({ customerId, hasComplaintHold }) => `${customerId} ${hasComplaintHold}`);
  expect([...new Set(held)].sort()).toEqual(['ada', 'bea'].map((name) => `${customerIdOf(name)} true`).sort());
  expect((await get('ada')).customer!.hasComplaintHold).toBe(true);
  await undo('bea', joinId);
  expect((await get('ada')).customer!.hasComplaintHold).toBe(false);
  expect((await get('bea')).customer!.hasComplaintHold).toBe(true);
  const again = await join('ada', 'bea');
  expect((await get('ada')).customer!.hasComplaintHold).toBe(true);
  const closing = { requestId: nextId(), complaintId: complaint!.complaintId, resolution: 'said sorry' };
  await harness.client.closeComplaint(closing);
  expect(harness.told.holds.slice(-2).map(({ hasComplaintHold }) => hasComplaintHold)).toEqual([false, false]);
  expect((await get('ada')).customer!.hasComplaintHold).toBe(false);
  await undo('bea', again);
});

it('tells decisions of every profile at once, for each waits for all who decide', async () => {
  const joinId = await join('ada', 'bea');
  try {
    harness.gatherCalls(2);
    const opening = { requestId: nextId(), customerId: customerIdOf('ada'), subject: 'too many calls' };
    const { complaint } = await harness.client.openComplaint(opening);
    harness.gatherCalls(2);
    await say('ada', 'sms', false);
    harness.gatherCalls(2);
    const closing = { requestId: nextId(), complaintId: complaint!.complaintId, resolution: 'said sorry' };
    await harness.client.closeComplaint(closing);
  } finally {
    harness.gatherCalls(0);
  }
  await say('ada', 'sms', true);
  await undo('bea', joinId);
});

it('holds a profile that begins with the phone of others to what they refuse, and tells whose person it is', async () => {
  await say('bea', '*', false);
  const consents = { consents: GRANTED };
  await importFile(harness.client, importRequest(MAPPING, consents), 'id,phone,org\nbea-too,13800000002,hq/east\n');
  expect(await allowed('bea-too')).toEqual([]);
  await say('bea', '*', true);
  expect((await allowed('bea-too')).sort()).toEqual(['app', 'sms']);
  const { customer } = await get('bea');
  await eventually(() => expect(persons.get(customerIdOf('bea-too'))?.personKey).toBe(customer!.personKey), PATIENT);
  const own = (await get('ada')).customer!.personKey;
  const joinId = await join('ada', 'bea');
  const { personKey } = (await get('ada')).customer!;
  const keys = (): (string | undefined)[] =>
    ['ada', 'bea', 'bea-too'].map((name) => persons.get(customerIdOf(name))?.personKey);
  await eventually(() => expect(keys()).toEqual([personKey, personKey, personKey]), PATIENT);
  await undo('bea', joinId);
  await eventually(() => expect(keys()).toEqual([own, customer!.personKey, customer!.personKey]), PATIENT);
});

it('shows staff of what all profiles of the person did, each entry once and of whom, and the customer his own', async () => {
  const facts = Array.from({ length: 9 }, (_, index) => ({
    id: `f-${index}`,
    source: '/core',
    type: 'login',
    subject: customerIdOf(['ada', 'lin', 'wei'][index % 3]!),
    // Three at a time, one of each.
    time: new Date(Date.UTC(2026, 2, 1 + Math.floor(index / 3))),
    data: undefined,
    dataJson: undefined,
  }));
  expect((await harness.client.ingestEvents({ events: facts })).refused).toEqual([]);
  await harness.filed(9);
  const joinId = await join('ada', 'lin');
  const second = await join('ada', 'wei');
  const idsOf = (entries: TimelineEntry[]): string[] => entries.map(({ entryId }) => entryId).sort();
  const whole = await timeline('lin');
  expect(idsOf(whole)).toEqual(facts.map(({ source, id }) => `${source}/${id}`).sort());
  for (const { entryId, customerId } of whole) {
    expect(customerId).toBe(facts.find(({ source, id }) => `${source}/${id}` === entryId)!.subject);
  }
  expect(await timeline('ada', harness.client, 7)).toEqual(whole);
  expect((await get('lin')).otherCustomerIds).toEqual([customerIdOf('ada'), customerIdOf('wei')].sort());

  // Staff of one branch see the profiles of their own; a customer his own.
  const east = as({ orgPath: 'hq/east' });
  expect(new Set((await timeline('ada', east)).map(({ customerId }) => customerId))).toEqual(
    new Set([customerIdOf('ada'), customerIdOf('lin')]),
  );
  expect((await get('ada', east)).otherCustomerIds).toEqual([customerIdOf('lin')]);
  const self = as({ kind: 'customer', id: customerIdOf('ada'), roles: [] });
  expect(await timeline('ada', self)).toHaveLength(3);
  expect((await get('ada', self)).otherCustomerIds).toEqual([]);

  await undo('ada', second);
  await undo('lin', joinId);
  expect(await timeline('lin')).toHaveLength(3);
  expect((await get('ada')).otherCustomerIds).toEqual([]);
});

it('never forgets a refusal that is recorded while profiles are joined', async () => {
  for (let round = 0; round < 4; round += 1) {
    const [joinId] = await Promise.all([join('ada', 'lin'), say('lin', 'sms', false), say('ada', 'app', false)]);
    expect([await allowed('ada'), await allowed('lin')]).toEqual([[], []]);
    await Promise.all([undo('lin', joinId), say('lin', 'sms', true), say('ada', 'app', true)]);
    expect([(await allowed('ada')).sort(), (await allowed('lin')).sort()]).toEqual([
      ['app', 'sms'],
      ['app', 'sms'],
    ]);
  }
});
