import type { EventSeries } from '@tidegate/rules';
import type { Owner } from './capacity';
import type { AttributeValue } from './models/features';

/** One purpose × channel, as `customers` last told it. Channel `*` stands for every channel. */
export interface Consent {
  purpose: string;
  channel: string;
  isGranted: boolean;
  changedAt: Date;
}

/** A consent that was written through, ahead of the event that will carry it; `version` is the customer's after the change. */
export interface WrittenConsent {
  purpose: string;
  channel: string;
  isGranted: boolean;
  version: number;
}

export interface CustomerTag {
  tag: string;
  value: string;
  validUntil: Date | null;
}

export interface Rfm {
  recency: number;
  frequency: number;
  monetary: number;
}

/** What decisions may know of a customer: the projection of `customers`, whole at one version. */
export interface CustomerFacts {
  externalId: string;
  orgPath: string;
  /** Of the natural person, for control groups; empty in a projection of before there was one. */
  personKey: string;
  /** The other profiles of the person; absent when there are none. */
  otherCustomerIds?: readonly string[];
  stage: string;
  /** `YYYY-MM-DD`, or null. */
  birthDate: string | null;
  attributes: Record<string, AttributeValue>;
  tags: CustomerTag[];
  consents: Consent[];
  hasComplaintHold: boolean;
  rfm: Rfm | null;
  version: number;
}

/** Consents and the hold that were written through and are newer than `facts`. */
export interface WrittenThrough {
  consents: WrittenConsent[];
  hold: { isOn: boolean; version: number } | null;
}

/** A contact that was promised (reserved, until `expiresAt`) or took place (committed). */
export interface Contact {
  decisionId: string;
  strategyId: string;
  actionId: string;
  channel: string;
  group: string;
  /** Absent in contacts of before it was kept: those were promotion. */
  purpose?: string;
  /** When it goes out, later than the decision for what is promised or queued; once it took place, when it did. */
  at: Date;
  isCommitted: boolean;
  /** A reservation without outcome frees itself then; a committed contact keeps it without effect. */
  expiresAt: Date;
  /** A person works it; while open, no second person may. */
  isHuman: boolean;
  isOpen: boolean;
}

/** What came of a contact, for suppression. */
export interface OutcomeMark {
  outcome: string;
  actionId: string;
  group: string;
  at: Date;
}

/** Past facts of a customer that rules count, by the name of the counter. */
export interface PastSeries {
  series: Readonly<Record<string, EventSeries>>;
  /** Counters that were whole when the customer was read: who has no series has no such facts. */
  countedNames: readonly string[];
}
export const NO_PAST: PastSeries = { series: {}, countedNames: [] };

/** What a remote model said of a customer, kept for decisions to come. */
export interface KeptScore {
  score: number;
  at: Date;
  /** Of the facts that it was made from. */
  factsVersion: number;
}

/** All that one decision reads and writes of a customer. `facts` is null while only write-throughs are known. */
export interface CustomerState {
  customerId: string;
  facts: CustomerFacts | null;
  writtenThrough: WrittenThrough;
  contacts: Contact[];
  outcomes: OutcomeMark[];
  past: PastSeries;
  /** By model id; absent when no remote model was ever asked. */
  modelScores?: Record<string, KeptScore>;
}

/** A customer of whom facts are known. */
export type KnownCustomer = CustomerState & { facts: CustomerFacts };

export const hasFacts = (customer: CustomerState): customer is KnownCustomer => customer.facts !== null;

/** A customer of whom nothing is known yet. */
export const unknownCustomer = (customerId: string): CustomerState => ({
  customerId,
  facts: null,
  writtenThrough: { consents: [], hold: null },
  contacts: [],
  outcomes: [],
  past: NO_PAST,
});

/** Who looks after the customer, by the attributes `ownerId` (a person) and `teamId`. */
export function ownerOf({ facts }: Pick<CustomerState, 'facts'>): Owner {
  const { ownerId, teamId } = facts?.attributes ?? {};
  return { personId: textOf(ownerId), teamId: textOf(teamId) };
}

/** The other profiles of the customer's person. */
export const othersOf = ({ facts }: Pick<CustomerState, 'facts'>): readonly string[] => facts?.otherCustomerIds ?? [];

/**
 * A customer with what the other profiles of his person were told and answered, as far as `known` has them: contact limits, the one human
 * channel and suppression are the person's.
 */
export function asPerson<T extends CustomerState>(customer: T, known: ReadonlyMap<string, CustomerState>): T {
  const others = othersOf(customer).flatMap((customerId) => known.get(customerId) ?? []);
  if (others.length === 0) return customer;
  return {
    ...customer,
    contacts: [...customer.contacts, ...others.flatMap(({ contacts }) => contacts)],
    outcomes: [...customer.outcomes, ...others.flatMap(({ outcomes }) => outcomes)],
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
