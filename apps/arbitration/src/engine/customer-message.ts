import type { Customer } from '@tidegate/contracts/customers/v1/customers';
import type { CustomerFacts } from '../domain/customer-state';
import type { AttributeValue } from '../domain/models/features';

/** The decision facts that a customer's whole state holds. */
export const toFacts = (customer: Customer, otherCustomerIds: readonly string[] = []): CustomerFacts => ({
  externalId: customer.externalId,
  orgPath: customer.orgPath,
  personKey: customer.personKey,
  ...(otherCustomerIds.length > 0 && { otherCustomerIds }),
  stage: customer.stage,
  birthDate: customer.birthDate?.toISOString().slice(0, 10) ?? null,
  attributes: toAttributes(customer.attributes),
  tags: customer.tags.map(({ tag, value, validUntil }) => ({ tag, value, validUntil: validUntil ?? null })),
  consents: customer.consents.map(({ purpose, channel, isGranted, changedAt }) => ({
    purpose,
    channel,
    isGranted,
    changedAt: changedAt ?? new Date(0),
  })),
  hasComplaintHold: customer.hasComplaintHold,
  rfm:
    customer.rfm === undefined
      ? null
      : { recency: customer.rfm.recency, frequency: customer.rfm.frequency, monetary: customer.rfm.monetary },
  version: customer.version,
});

/** Scalars only: rules and models read nothing else. */
const toAttributes = (attributes: Record<string, unknown> | undefined): Record<string, AttributeValue> =>
  Object.fromEntries(
    Object.entries(attributes ?? {}).filter(
      (entry): entry is [string, AttributeValue] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number' || typeof entry[1] === 'boolean',
    ),
  );
