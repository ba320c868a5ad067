import { NO_FACTS, type EventSeries, type RuleCustomer, type RuleTag } from '@tidegate/rules';
import { NO_PAST, type CustomerFacts, type PastSeries } from './customer-state';
import type { Attributes, AttributeValue } from './models/features';

const subjects = new WeakMap<CustomerFacts, { past: PastSeries; subject: RuleCustomer }>();

/** What a rule's predicate sees of the decision facts and of what is counted; made once for facts that are held. */
export function ruleSubject(customerId: string, facts: CustomerFacts, past: PastSeries = NO_PAST): RuleCustomer {
  let held = subjects.get(facts);
  if (held === undefined || held.past !== past) {
    held = { past, subject: makeSubject(customerId, facts, past) };
    subjects.set(facts, held);
  }
  return held.subject;
}

function makeSubject(customerId: string, facts: CustomerFacts, past: PastSeries): RuleCustomer {
  // Without a prototype: rules ask for many tags that a customer has not, and each would be looked for there too.
  const tags = Object.create(null) as Record<string, RuleTag>;
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
    series: knownSeries(past),
  };
}

/** Series of counters that are whole; those that are being filled are as good as none. */
export const knownSeries = ({ series, countedNames }: PastSeries): Record<string, EventSeries> =>
  Object.fromEntries(countedNames.map((name) => [name, series[name] ?? NO_FACTS]));

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
