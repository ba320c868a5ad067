import type { Rule } from '@tidegate/rules';
import type { Findings } from './finding';
import { foreignSegments, type StrategyParts } from './strategy-parts';

/** Segments of a rule that are another organisation's: a strategy uses those of its own and of what is above it. */
export function findForeignSegments(
  rule: Rule,
  at: string,
  orgPath: string,
  parts: Pick<StrategyParts, 'segments'>,
  findings: Findings,
): void {
  for (const segmentId of foreignSegments(rule, orgPath, parts)) {
    findings.add(at, 'SEGMENT_OUT_OF_SCOPE', `Segment ${segmentId} belongs to another organisation.`);
  }
}
