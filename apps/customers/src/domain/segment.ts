import { DomainError } from '@tidegate/errors';
import { expandSegments, inspectRule, type Rule } from '@tidegate/rules';

/** A segment 客群: everybody that its rule holds for. */
export interface Segment {
  segmentId: string;
  name: string;
  rule: Rule;
  orgPath: string;
  version: number;
  updatedAt: Date;
  /** Everybody who wrote it, by the newest version of theirs. */
  authors: SegmentAuthor[];
}

export interface SegmentAuthor {
  actorId: string;
  version: number;
}

/** The authors up to a new version, by `actorId`. */
export const withAuthor = (earlier: readonly SegmentAuthor[], actorId: string, version: number): SegmentAuthor[] => [
  ...earlier.filter((author) => author.actorId !== actorId),
  { actorId, version },
];

/**
 * Checks that nobody has changed a segment since it was read.
 * @param readVersion 0 for whichever there is
 * @throws VERSION_CONFLICT
 */
export function checkVersion(held: Segment | null, readVersion: number): void {
  if (held === null || readVersion === 0 || readVersion === held.version) return;
  throw new DomainError({
    code: 'ABORTED',
    reason: 'VERSION_CONFLICT',
    message: 'The segment was changed by somebody else since it was read.',
    metadata: { version: String(held.version) },
  });
}

/**
 * Checks a segment's rule together with the segments it names, as they will be once it is stored.
 * @param others finds the rules of the other segments
 * @throws RULE_INVALID, RULE_SEGMENT_UNKNOWN, RULE_SEGMENT_CYCLE, RULE_TOO_LARGE
 */
export function checkSegmentRule(segmentId: string, rule: Rule, others: ReadonlyMap<string, Rule>): void {
  const find = (id: string): Rule | undefined => (id === segmentId ? rule : others.get(id));
  expandSegments(rule, find);
}

/** The ids of all segments that the rule needs, found level by level. */
export async function loadReferences(
  rule: Rule,
  load: (segmentIds: string[]) => Promise<Segment[]>,
): Promise<Map<string, Rule>> {
  const known = new Map<string, Rule>();
  const asked = new Set<string>();
  let wanted = [...inspectRule(rule).segments];
  while (wanted.length > 0) {
    wanted.forEach((id) => asked.add(id));
    const segments = await load(wanted);
    for (const segment of segments) known.set(segment.segmentId, segment.rule);
    wanted = segments.flatMap((segment) => inspectRule(segment.rule).segments).filter((id) => !asked.has(id));
    wanted = [...new Set(wanted)];
  }
  return known;
}
