import type { Suppression } from './contact-policy';
import type { OutcomeMark } from './customer-state';

const DAY_MS = 86_400_000;

/**
 * Whether enough outcomes of a kind came together for the action, or its group, to pause: at some outcome less than `pauseDays` ago, at
 * least `count` of them lay within the `withinDays` that ended there.
 */
export const isSuppressed = (
  rules: readonly Suppression[],
  outcomes: readonly OutcomeMark[],
  action: { actionId: string; group: string },
  now: Date,
): boolean => outcomes.length > 0 && rules.some((rule) => isPausedBy(rule, outcomes, action, now.getTime()));

function isPausedBy(
  rule: Suppression,
  outcomes: readonly OutcomeMark[],
  action: { actionId: string; group: string },
  nowMs: number,
): boolean {
  if (rule.scope === 'group' && action.group === '') return false;
  const times = outcomes
    .filter((mark) => mark.outcome === rule.outcome)
    .filter((mark) => (rule.scope === 'action' ? mark.actionId === action.actionId : mark.group === action.group))
    .map((mark) => mark.at.getTime())
    .sort((left, right) => left - right);
  return times.some((lastMs, index) => {
    if (lastMs > nowMs || nowMs - lastMs >= rule.pauseDays * DAY_MS) return false;
    const firstMs = times[index - rule.count + 1];
    return firstMs !== undefined && lastMs - firstMs < rule.withinDays * DAY_MS;
  });
}
