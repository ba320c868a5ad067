import type { Rule } from '@tidegate/rules';
import type { Author } from './authorship';

/** A segment 客群 as `customers` has it. */
export interface Segment {
  segmentId: string;
  orgPath: string;
  rule: Rule;
  version: number;
  authors: readonly Author[];
}
