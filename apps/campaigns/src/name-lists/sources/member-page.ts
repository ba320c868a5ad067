import type { LineError } from '../domain/list-upload';

/** Customers that a source names next, in the order of their ids. */
export interface MemberPage {
  rows: { customerId: string; externalId: string; agentId: string }[];
  /** Lines that turned out to be bad. */
  errors: LineError[];
  /** Empty at the end. */
  nextPageToken: string;
}
