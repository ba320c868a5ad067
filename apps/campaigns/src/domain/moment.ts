import { createHash } from 'node:crypto';

/** A moment of truth detected for one customer: what arbitration decides on. */
export interface Moment {
  momentId: string;
  ruleKey: string;
  strategyId: string;
  strategyRevision: number;
  ruleId: string;
  customerId: string;
  actionIds: string[];
  /** The fact's id, or the date's for a date_relative rule. */
  factId: string;
  factData: Readonly<Record<string, unknown>>;
  acceptedAt: Date;
  cooldownDays: number;
}

/** Same rule, same fact (or date), same customer: same moment. */
export const momentIdOf = (ruleKey: string, factId: string, customerId: string): string =>
  createHash('sha256')
    .update(JSON.stringify([ruleKey, factId, customerId]))
    .digest('base64url')
    .slice(0, 32);

/** Names the state of a rule's cooldown for one customer. */
export const cooldownIdOf = (moment: Pick<Moment, 'ruleKey' | 'customerId'>): string =>
  `${moment.ruleKey}/${moment.customerId}`;

const DAY_MS = 86_400_000;

/** What fires, and when each rule with a cooldown last fired for its customer. */
export interface Firing {
  moments: Moment[];
  /** Only those that changed. */
  lastFired: Map<string, Date>;
}

/**
 * Keeps, of the moments found, those that fire now: each once ever, and none closer than the cooldown to the last one of its rule
 * and customer. The clock of a cooldown is the time the facts were accepted; one accepted before the last that fired comes too late.
 * @param fired ids of moments that fired before
 * @param lastFiredBefore by cooldown id
 */
export function fire(
  found: readonly Moment[],
  fired: ReadonlySet<string>,
  lastFiredBefore: ReadonlyMap<string, Date>,
): Firing {
  const moments: Moment[] = [];
  const seen = new Set(fired);
  const lastFired = new Map<string, Date>();
  const inOrder = [...found].sort((a, b) => a.acceptedAt.getTime() - b.acceptedAt.getTime());
  for (const moment of inOrder) {
    if (seen.has(moment.momentId)) continue;
    if (moment.cooldownDays > 0) {
      const cooldownId = cooldownIdOf(moment);
      const last = lastFired.get(cooldownId) ?? lastFiredBefore.get(cooldownId);
      if (last !== undefined && moment.acceptedAt.getTime() - last.getTime() < moment.cooldownDays * DAY_MS) continue;
      lastFired.set(cooldownId, moment.acceptedAt);
    }
    seen.add(moment.momentId);
    moments.push(moment);
  }
  return { moments, lastFired };
}
