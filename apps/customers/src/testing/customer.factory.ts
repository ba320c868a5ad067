import type { Customer } from '../domain/customer';
import { customerIdOf } from '../domain/customer-id';

/** A customer who said nothing but the external id, with overrides. */
export function customer(over: Partial<Customer> = {}): Customer {
  const externalId = over.externalId ?? 'c-1';
  return {
    customerId: customerIdOf(externalId),
    externalId,
    sealedName: '',
    sealedPhone: '',
    birthDate: null,
    orgPath: 'hq/east',
    stage: 'mature',
    attributes: {},
    balanceAt: null,
    tags: [],
    consents: [],
    openComplaintCount: 0,
    rfm: null,
    importDigest: '',
    version: 1,
    createdAt: new Date('2026-01-01T00:00:00Z'),
    ...over,
  };
}
