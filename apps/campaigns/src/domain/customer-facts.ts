import type { RuleCustomer, RuleTag } from '@tidegate/rules';

/** What rules can ask of a customer, as of one version. */
export interface CustomerFacts {
  customerId: string;
  externalId: string;
  orgPath: string;
  stage: string;
  /** Midnight in UTC of the calendar day. */
  birthDate: Date | null;
  attributes: Record<string, string | number | boolean>;
  tags: { tag: string; value: string; validUntil: Date | null }[];
  rfm: { recency: number; frequency: number; monetary: number } | null;
  /** Grows with every change. */
  version: number;
}

/** The highest version of each customer, of those that are news. @param known versions held already */
export function newsOf(changes: readonly CustomerFacts[], known: ReadonlyMap<string, number>): CustomerFacts[] {
  const newest = new Map<string, CustomerFacts>();
  for (const change of changes) {
    const held = newest.get(change.customerId)?.version ?? known.get(change.customerId) ?? -1;
    if (change.version > held) newest.set(change.customerId, change);
  }
  return [...newest.values()];
}

/** The customer as rules see it. Balance and owner are attributes that rules may also name without the prefix. */
export function ruleCustomer(facts: CustomerFacts): RuleCustomer {
  const { balanceMinor, ownerId } = facts.attributes;
  return {
    customerId: facts.customerId,
    externalId: facts.externalId,
    orgPath: facts.orgPath,
    stage: facts.stage,
    ownerId: typeof ownerId === 'string' ? ownerId : null,
    birthDate: facts.birthDate === null ? null : facts.birthDate.toISOString().slice(0, 10),
    balanceMinor: typeof balanceMinor === 'number' ? balanceMinor : null,
    rfm: facts.rfm,
    attributes: facts.attributes,
    tags: Object.fromEntries(
      facts.tags.map(({ tag, value, validUntil }): [string, RuleTag] => [
        tag,
        { value, ...(validUntil !== null && { validUntilMs: validUntil.getTime() }) },
      ]),
    ),
  };
}

/** A customer of whom nothing is known yet. */
export const UNKNOWN_CUSTOMER: RuleCustomer = { attributes: {} };
