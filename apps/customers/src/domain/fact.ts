/** A fact about a customer, as accepted; never changed afterwards. */
export interface Fact {
  /** source + "/" + id of the incoming event. */
  factId: string;
  type: string;
  customerId: string;
  occurredAt: Date;
  acceptedAt: Date;
  data: Record<string, unknown>;
}

/** A fact filed with its customer. */
export interface FiledFact extends Fact {
  filedAt: Date;
}

/**
 * Whether a fact was known by the time the other was filed: facts become known as they are filed, those filed together as they were
 * accepted, then as they happened. A fact is known by itself.
 */
export function isKnownBy(fact: FiledFact, other: FiledFact): boolean {
  for (const key of ['filedAt', 'acceptedAt', 'occurredAt'] as const) {
    const laterMs = fact[key].getTime() - other[key].getTime();
    if (laterMs !== 0) return laterMs < 0;
  }
  return fact.factId <= other.factId;
}
