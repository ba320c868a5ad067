import type { Customer } from '@tidegate/contracts/customers/v1/customers';
import type { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import type { CustomerFacts } from '../domain/customer-facts';
import type { Fact } from '../domain/threshold-moment';

type Scalar = string | number | boolean;

const isScalar = (entry: [string, unknown]): entry is [string, Scalar] =>
  ['string', 'number', 'boolean'].includes(typeof entry[1]);

export const toCustomerFacts = (customer: Customer): CustomerFacts => ({
  customerId: customer.customerId,
  externalId: customer.externalId,
  orgPath: customer.orgPath,
  stage: customer.stage,
  birthDate: customer.birthDate ?? null,
  attributes: Object.fromEntries(Object.entries(customer.attributes ?? {}).filter(isScalar)),
  tags: customer.tags.map(({ tag, value, validUntil }) => ({ tag, value, validUntil: validUntil ?? null })),
  rfm: customer.rfm
    ? { recency: customer.rfm.recency, frequency: customer.rfm.frequency, monetary: customer.rfm.monetary }
    : null,
  version: customer.version,
});

/** @param heardAt when the event was made, for a fact that does not say when it was accepted */
export const toFact = (fact: FactRecorded, heardAt: Date): Fact => ({
  factId: fact.factId,
  factType: fact.factType,
  customerId: fact.customerId,
  data: fact.data ?? {},
  occurredAt: fact.occurredAt ?? fact.acceptedAt ?? heardAt,
  acceptedAt: fact.acceptedAt ?? heardAt,
});
