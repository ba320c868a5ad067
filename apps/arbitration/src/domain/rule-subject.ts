import type { RuleCustomer, RuleTag } from '@tidegate/rules';
import type { CustomerFacts } from './customer-state';
import type { Attributes, AttributeValue } from './models/features';

const subjects = new WeakMap<CustomerFacts, RuleCustomer>();

/** What a rule's predicate sees of the decision facts; made once for facts that are held. */
export function ruleSubject(customerId: string, facts: CustomerFacts): RuleCustomer {
  let subject = subjects.get(facts);
  if (subject === undefined) {
    subject = makeSubject(customerId, facts);
    subjects.set(facts, subject);
  }
  return subject;
}

function makeSubject(customerId: string, facts: CustomerFacts): RuleCustomer {
  const tags: Record<string, RuleTag> = {};
  for (const { tag, value, validUntil } of facts.tags)
    tags[tag] = { value, validUntilMs: validUntil?.getTime() ?? null };
  return {
    customerId,
    externalId: facts.externalId,
    orgPath: facts.orgPath,
    stage: facts.stage,
    birthDate: facts.birthDate,
    rfm: facts.rfm,
    attributes: facts.attributes,
    ownerId: textOf(facts.attributes.ownerId),
    balanceMinor: numberOf(facts.attributes.balanceMinor),
    tags,
  };
}

const textOf = (value: AttributeValue): string | null => (typeof value === 'string' ? value : null);
const numberOf = (value: AttributeValue): number | null => (typeof value === 'number' ? value : null);

/** What a model may look at: the profile under fixed names, and the bank's own attributes, which win a name. */
export function modelAttributes(facts: CustomerFacts): Attributes {
  return {
    stage: facts.stage,
    orgPath: facts.orgPath,
    'rfm.recency': facts.rfm?.recency,
    'rfm.frequency': facts.rfm?.frequency,
    'rfm.monetary': facts.rfm?.monetary,
    ...facts.attributes,
  };
}
