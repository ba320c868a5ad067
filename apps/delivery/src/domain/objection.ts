/** What speaks against sending decisions, by their ids. */
export interface Objections {
  /** Of those that were retracted, why. */
  retractedReasons: ReadonlyMap<string, string>;
  /** Of those whose channel is quiet, until when; undefined where they are not to be sent any more. */
  quietUntil: ReadonlyMap<string, Date | undefined>;
}

/** Why one is not sent now: never any more, not before a moment, or not at all because its channel is quiet. */
export type Objection = { kind: 'retracted'; reason: string } | { kind: 'postponed'; until: Date } | { kind: 'quiet' };

/** What speaks against sending a decision now, on whichever channel; undefined when nothing does. */
export function objectionTo(decisionId: string, { retractedReasons, quietUntil }: Objections): Objection | undefined {
  const reason = retractedReasons.get(decisionId);
  if (reason !== undefined) return { kind: 'retracted', reason };
  if (!quietUntil.has(decisionId)) return undefined;
  const until = quietUntil.get(decisionId);
  return until ? { kind: 'postponed', until } : { kind: 'quiet' };
}
