/** What a rule's predicate sees of one customer. Anything left out is missing; `events` must cover the rule's longest window. */
export interface RuleCustomer {
  readonly customerId?: string;
  readonly externalId?: string | null;
  readonly orgPath?: string | null;
  readonly stage?: string | null;
  /** Who looks after the customer: a relationship manager's id. */
  readonly ownerId?: string | null;
  /** `YYYY-MM-DD`; anything else is missing. */
  readonly birthDate?: string | null;
  readonly balanceMinor?: number | null;
  readonly rfm?: { readonly recency?: number; readonly frequency?: number; readonly monetary?: number } | null;
  readonly attributes: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly tags?: Readonly<Record<string, RuleTag>> | null;
  readonly events?: readonly RuleEvent[] | null;
  /** What is kept in the place of events, for a compiler that is given `eventsPredicate`; by its own names. */
  readonly series?: Readonly<Record<string, EventSeries>>;
}

/** A tag without `validUntilMs` never ends; one with it ends at that moment. Whole milliseconds. */
export interface RuleTag {
  readonly value?: string | null;
  readonly validUntilMs?: number | null;
}

/**
 * What a counter keeps of one customer: first the newest moment of which a fact was left out, then moment, hash and value of each fact kept,
 * in this order. It is a set: facts may be added in any order, late and again, and the same facts answer alike.
 */
export type EventSeries = Float64Array;

/** One fact about the customer; `occurredAtMs` is whole milliseconds. */
export interface RuleEvent {
  readonly eventId?: string;
  readonly type: string;
  readonly occurredAtMs: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A quintile, or undefined when it is none: RFM scores are the integers 1 to 5. */
export const rfmScore = (score: unknown): number | undefined =>
  score === 1 || score === 2 || score === 3 || score === 4 || score === 5 ? score : undefined;
