import type { Suppression } from './contact-policy';
import type { OutcomeMark } from './customer-state';

const DAY_MS = 86_400_000;

/** What rests for a customer after how he answered. */
export interface Pauses {
  actionIds: ReadonlySet<string>;
  groups: ReadonlySet<string>;
}

const NONE: Pauses = { actionIds: new Set(), groups: new Set() };

/**
 * The actions and groups for which enough outcomes of a kind came together to pause: at some outcome less than `pauseDays` ago, at least
 * `count` of them lay within the `withinDays` that ended there.
 */
export function pausesOf(rules: readonly Suppression[], outcomes: readonly OutcomeMark[], now: Date): Pauses {
  if (outcomes.length === 0 || rules.length === 0) return NONE;
  const [actionIds, groups] = [new Set<string>(), new Set<string>()];
  for (const rule of rules) {
    const paused = rule.scope === 'action' ? actionIds : groups;
    const times = new Map<string, number[]>();
    for (const mark of outcomes) {
      const key = rule.scope === 'action' ? mark.actionId : mark.group;
      if (mark.outcome !== rule.outcome || key === '') continue;
      const own = times.get(key);
      if (own === undefined) times.set(key, [mark.at.getTime()]);
      else own.push(mark.at.getTime());
    }
    for (const [key, own] of times) if (isPaused(rule, own, now.getTime())) paused.add(key);
  }
  return { actionIds, groups };
}

export const isSuppressed = ({ actionIds, groups }: Pauses, action: { actionId: string; group: string }): boolean =>
  actionIds.has(action.actionId) || groups.has(action.group);

function isPaused(rule: Suppression, times: number[], nowMs: number): boolean {
  times.sort((left, right) => left - right);
  return times.some((lastMs, index) => {
    if (lastMs > nowMs || nowMs - lastMs >= rule.pauseDays * DAY_MS) return false;
    const firstMs = times[index - rule.count + 1];
    return firstMs !== undefined && lastMs - firstMs < rule.withinDays * DAY_MS;
  });
}
