import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import type { Consent } from './consent';
import type { Tag } from './tag';

/** Lifecycle stages 首面、蜜月期、存量 ...; a customer of an imported base who says nothing else is `mature`. */
export const STAGES = ['first_contact', 'honeymoon', 'mature', 'at_risk', 'lapsed', 'won_back'] as const;
export type Stage = (typeof STAGES)[number];

export const isStage = (value: string): value is Stage => (STAGES as readonly string[]).includes(value);

/** Free facts about a customer that rules read as `attributes.<key>`; moments are epoch milliseconds. */
export type Attributes = Record<string, string | number | boolean>;

/** Quintiles 1 to 5, 5 is best. */
export interface RfmScore {
  recency: number;
  frequency: number;
  monetary: number;
}

/** One natural person of the bank. Name and phone are held sealed only; '' means unknown. */
export interface Customer {
  customerId: string;
  /**
   * Of the natural person, decided when the profile begins, so that control groups drawn by it stay as they were. Profiles that begin with the
   * same phone share it; profiles that are joined (`src/joining`) have the older one's. Absent in profiles of before it was kept: read with
   * `personKeyOf`.
   */
  personKey?: string;
  externalId: string;
  sealedName: string;
  sealedPhone: string;
  /** YYYY-MM-DD. */
  birthDate: string | null;
  /** Path of the organisation unit, e.g. hq/east/shanghai. */
  orgPath: string;
  stage: Stage;
  attributes: Attributes;
  /** When the balance was known last: a later fact may arrive first. */
  balanceAt: Date | null;
  tags: Tag[];
  consents: Consent[];
  openComplaintCount: number;
  /** What other profiles of the person refuse, by channel: it holds for this one too. Absent where nothing was ever refused. */
  personRefusals?: Consent[];
  /** A complaint of another profile of the person is open. */
  isPersonOnHold?: boolean;
  /** The other profiles of the person, in order. Absent where there never was one. */
  otherCustomerIds?: string[];
  rfm: (RfmScore & { computedAt: Date }) | null;
  /** Keyed digest of the last imported line; the same line again changes nothing. */
  importDigest: string;
  /** Grows by one with every change. */
  version: number;
  createdAt: Date;
}

/** The next state after a change: whoever changes a customer counts the version up. */
export const changed = (customer: Customer, change: Partial<Customer>): Customer => ({
  ...customer,
  ...change,
  version: customer.version + 1,
});

/** The customer id stands in where no key was kept. */
export const personKeyOf = ({ personKey, customerId }: Customer): string => personKey || customerId;

/** Promotion stops while a complaint of any profile of the person is open. */
export const hasComplaintHold = ({ openComplaintCount, isPersonOnHold = false }: Customer): boolean =>
  openComplaintCount > 0 || isPersonOnHold;

const ORG_PATH = /^[A-Za-z0-9][A-Za-z0-9_-]*(\/[A-Za-z0-9][A-Za-z0-9_-]*){0,9}$/;

/** Whether the text can be the path of an organisation unit. */
export const isOrgPath = (value: string): boolean => value.length <= ORG_PATH_LENGTH_MAX && ORG_PATH.test(value);
