import type { RuleTag, StoredCustomer } from '@tidegate/rules';
import type { Customer } from './customer';

/**
 * The customer as rules see it. The balance and the owner are attributes like any other, `balanceMinor` and `ownerId`, that
 * rules may also name without the prefix.
 */
export function ruleCustomer(customer: Customer): StoredCustomer {
  const { balanceMinor, ownerId } = customer.attributes;
  return {
    customerId: customer.customerId,
    externalId: customer.externalId,
    orgPath: customer.orgPath,
    stage: customer.stage,
    ownerId: typeof ownerId === 'string' ? ownerId : null,
    birthDate: customer.birthDate,
    balanceMinor: typeof balanceMinor === 'number' ? balanceMinor : null,
    rfm: customer.rfm,
    attributes: customer.attributes,
    tags: Object.fromEntries(
      customer.tags.map(({ tag, value, validUntil }): [string, RuleTag] => [
        tag,
        { value, ...(validUntil !== null && { validUntilMs: validUntil.getTime() }) },
      ]),
    ),
  };
}
