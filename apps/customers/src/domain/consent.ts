/** Channels that a consent can name; "*" stands for all of them. */
export const CONSENT_CHANNELS = [
  'app',
  'sms',
  'wecom',
  'voice_bot',
  'remote_bank',
  'branch',
  'merchant',
  'webhook',
  '*',
] as const;
export type ConsentChannel = (typeof CONSENT_CHANNELS)[number];

/** One purpose × channel that a customer may grant. */
export interface ConsentGrant {
  /** e.g. marketing, service, profiling. */
  purpose: string;
  channel: string;
}

/** The state of one purpose × channel now; the ledger of records tells how it came to be. */
export interface Consent extends ConsentGrant {
  isGranted: boolean;
  changedAt: Date;
}

/** One entry of the ledger. Entries are only ever added. */
export interface ConsentRecord extends ConsentGrant {
  recordId: string;
  customerId: string;
  isGranted: boolean;
  /** Where it was given: a document, a call, a screen. */
  evidence: string;
  actor: string;
  recordedAt: Date;
}

const isOf = (consent: ConsentGrant, grant: ConsentGrant): boolean =>
  consent.purpose === grant.purpose && consent.channel === grant.channel;

export const findConsent = <C extends Consent>(consents: readonly C[], grant: ConsentGrant): C | undefined =>
  consents.find((consent) => isOf(consent, grant));

/** The consents after one was granted or withdrawn; the last word on a purpose × channel holds. */
export const withConsent = <C extends Consent>(consents: readonly C[], consent: C): C[] => [
  ...consents.filter((held) => !isOf(held, consent)),
  consent,
];

/**
 * The consents that a file may add: only where the customer never said anything. A file must not bring back what was
 * withdrawn after it was written.
 */
export const newGrants = (consents: readonly Consent[], grants: readonly ConsentGrant[]): ConsentGrant[] =>
  grants.filter((grant) => findConsent(consents, grant) === undefined);
