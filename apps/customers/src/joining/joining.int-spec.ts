import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import type { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { column, importFile, importRequest, startCustomers, type CustomersHarness } from '../testing/customers.harness';

// Goal: profiles of one natural person have one person key, the older's, whoever joins them, in whatever order and at once; and back again.

const MAPPING = [column('id', 'external_id'), column('phone', 'phone'), column('org', 'org_path')];
const DAY_MS = 86_400_000;
let harness: CustomersHarness;
let serial = 0;
const heard = new Map<string, string>();
const ids = new Map<string, string>();

/** Two profiles begin with one phone, the others with their own; each group is a day younger than the one before. */
const GROUPS = [['old,1,hq/east'], ['young,2,hq/east', 'young-too,2,hq/east'], ['third,3,hq/east'], ['west,4,hq/west']];

beforeAll(async () => {
  harness = await startCustomers();
  harness.service.bus.listen(CustomerChanged, ({ data }) => {
    if (data.customer) heard.set(data.customer.customerId, data.customer.personKey);
  });
  for (const [at, lines] of GROUPS.entries()) {
    const phone = (line: string): string => line.replace(/,(\d),/, ',1380000000$1,');
    await importFile(harness.client, importRequest(MAPPING), ['id,phone,org', ...lines.map(phone)].join('\n'));
    harness.clock.advance(at === GROUPS.length ? 0 : DAY_MS);
  }
  for (const name of ['old', 'young', 'young-too', 'third', 'west']) {
    const { customer } = await harness.client.getCustomer({ customerId: '', externalId: name });
    ids.set(name, customer!.customerId);
  }
});
afterAll(() => harness?.stop());

const idOf = (name: string): string => ids.get(name)!;
const keyOf = async (name: string): Promise<string> =>
  (await harness.client.getCustomer({ customerId: idOf(name), externalId: '' })).customer!.personKey;
const keysOf = (...names: string[]): Promise<string[]> => Promise.all(names.map(keyOf));
const join = (one: string, other: string, by = harness.client) => {
  const request = { customerId: idOf(one), otherCustomerId: idOf(other), reason: 'one passport' };
  return by.joinProfiles({ requestId: `join-${(serial += 1)}`, ...request });
};
const undo = (name: string, joinId: string) =>
  harness.client.undoProfileJoin({
    requestId: `undo-${(serial += 1)}`,
    customerId: idOf(name),
    joinId,
    reason: 'a mistake',
  });
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: DomainError) => error.reason,
  );

it('gives all profiles of the younger person the older key, tells of it, and gives it back', async () => {
  const before = await keysOf('old', 'young', 'young-too', 'third');
  expect(new Set(before).size).toBe(3);
  const request = { customerId: idOf('young'), otherCustomerId: idOf('old'), reason: 'one passport' };
  const { join: made } = await harness.client.joinProfiles({ requestId: 'once', ...request });
  expect(made).toMatchObject({ olderCustomerId: idOf('old'), youngerCustomerId: idOf('young'), personKey: before[0] });
  expect([...made!.movedCustomerIds].sort()).toEqual([idOf('young'), idOf('young-too')].sort());
  expect((await harness.client.joinProfiles({ requestId: 'once', ...request })).join).toEqual(made);
  expect(await keysOf('old', 'young', 'young-too')).toEqual([before[0], before[0], before[0]]);
  await eventually(() => expect(heard.get(idOf('young-too'))).toBe(before[0]));
  expect(await reasonOf(join('old', 'young-too'))).toBe('PROFILES_JOINED');
  expect(await reasonOf(join('old', 'old'))).toBe('VALIDATION_FAILED');

  const { join: later } = await join('young', 'third');
  expect(later!.personKey).toBe(before[0]);
  expect((await undo('old', made!.joinId)).join).toMatchObject({ undoReason: 'a mistake' });
  expect(await keysOf('old', 'young', 'young-too', 'third')).toEqual([before[0], before[1], before[1], before[0]]);
  expect(await reasonOf(undo('old', made!.joinId))).toBe('PROFILE_JOIN_UNDONE');
  expect(await reasonOf(undo('old', later!.joinId))).toBe('PROFILE_JOIN_NOT_FOUND');
  await undo('third', later!.joinId);
  expect(await keysOf('old', 'young', 'young-too', 'third')).toEqual(before);
  const page = await harness.client.listProfileJoins({ customerId: idOf('young'), pageSize: 1, pageToken: '' });
  const rest = await harness.client.listProfileJoins({
    customerId: idOf('young'),
    pageSize: 5,
    pageToken: page.nextPageToken,
  });
  expect([...page.joins, ...rest.joins].map(({ joinId }) => joinId)).toEqual([later!.joinId, made!.joinId]);
});

it('ends in one key when joins that share a profile come at once, and undoes the last one first', async () => {
  const before = await keysOf('old', 'young', 'third');
  const joins = await Promise.all([join('old', 'young'), join('young', 'third')]);
  expect(new Set(await keysOf('old', 'young', 'young-too', 'third'))).toEqual(new Set([before[0]]));
  const left = joins.map((each) => each.join!);
  const undoable = async ({ joinId, youngerCustomerId }: (typeof left)[number]): Promise<string> =>
    reasonOf(
      harness.client.undoProfileJoin({
        requestId: `u-${(serial += 1)}`,
        customerId: youngerCustomerId,
        joinId,
        reason: 'x',
      }),
    );
  // Whichever came first: the other one goes first where it moved the same profiles on.
  const first = await Promise.all(left.map(undoable));
  const again = await Promise.all(left.filter((_, at) => first[at] !== 'none').map(undoable));
  expect(again.every((reason) => reason === 'none')).toBe(true);
  expect(await keysOf('old', 'young', 'third')).toEqual(before);
});

it('is for staff of the organisations of all the profiles', async () => {
  const east = harness.service.client(CustomersServiceService, { orgPath: 'hq/east' });
  expect(await reasonOf(join('old', 'west', east))).toBe('ORG_OUT_OF_SCOPE');
  const customer = harness.service.client(CustomersServiceService, { kind: 'customer', id: idOf('old') });
  expect(await reasonOf(join('old', 'young', customer))).toBe('STAFF_ONLY');
});
