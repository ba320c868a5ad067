import type { LineError, ListedRow } from '../domain/list-upload';

/** Customers that a source names next, in the order of their ids. */
export interface MemberPage {
  rows: ListedRow[];
  /** Lines that turned out to be bad. */
  errors: LineError[];
  /** Empty at the end. */
  nextPageToken: string;
}
