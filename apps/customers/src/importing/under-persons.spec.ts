import { PROFILES_MAX } from '@tidegate/persons';
import type { Consent } from '../domain/consent';
import type { Customer } from '../domain/customer';
import { customer } from '../testing/customer.factory';
import type { BatchResult } from './import-batch';
import type { ImportJob } from './import-job';
import { sharedKeysOf, underPersons } from './under-persons';

const refusal: Consent = { purpose: 'marketing', channel: 'app', isGranted: false, changedAt: new Date('2026-03-01') };
const ofPhone = (externalId: string, over: Partial<Customer> = {}): Customer =>
  customer({ externalId, personKey: 'phone', ...over });
const batch = (created: Customer[], updated: Customer[] = []): BatchResult => ({
  created,
  updated,
  grants: [],
  refusals: [],
  job: {} as ImportJob,
});

it('asks only for persons that a new profile may share', () => {
  const alone = customer({ externalId: 'alone' });
  const created = [ofPhone('a'), ofPhone('b'), { ...alone, personKey: alone.customerId }];
  expect(sharedKeysOf(batch(created, [ofPhone('c', { personKey: 'other' })]))).toEqual(['phone']);
});

it('holds a new profile to what others of the person refuse, and writes those too', () => {
  const refusing = ofPhone('old', { consents: [refusal], version: 4 });
  const renamed = ofPhone('renamed', { version: 8 });
  const sharing = [refusing, ofPhone('renamed', { version: 7 })];
  const { created, updated } = underPersons(batch([ofPhone('new'), customer()], [renamed]), sharing);
  expect(created).toMatchObject([
    { externalId: 'new', personRefusals: [refusal] },
    { externalId: 'c-1', version: 1 },
  ]);
  expect(created[1]).not.toHaveProperty('personRefusals');
  expect(updated).toMatchObject([
    { externalId: 'renamed', version: 9, personRefusals: [refusal] },
    { externalId: 'old', version: 6 },
  ]);
  const [young] = created;
  for (const { otherCustomerIds } of updated) expect(otherCustomerIds).toContain(young!.customerId);
  expect(young!.otherCustomerIds).toEqual(updated.map(({ customerId }) => customerId).sort());
});

it('leaves everybody as he is where nobody shares, and in a crowd', () => {
  const lone = batch([ofPhone('new')]);
  expect(underPersons(lone, [])).toEqual(lone);
  const crowd = Array.from({ length: PROFILES_MAX }, (_, index) => ofPhone(`c${index}`, { consents: [refusal] }));
  expect(underPersons(lone, crowd)).toEqual(lone);
});
