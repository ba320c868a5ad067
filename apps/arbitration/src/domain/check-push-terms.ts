import { invalid, type FieldViolation } from '@tidegate/errors';
import type { PushTerms } from './push-terms';

/**
 * Checks what the shapes cannot say: each limit and cost once, a key where it means something, and costs no greater than the budget can tell.
 * @throws VALIDATION_FAILED
 */
export function checkPushTerms({ limits, costs }: PushTerms): void {
  const violations: FieldViolation[] = [];
  const refuse = (field: string, description: string): number => violations.push({ field, description });
  const seen = new Set<string>();
  const once = (at: string, key: string): void => {
    if (seen.has(key)) refuse(at, 'says the same as a line before');
    seen.add(key);
  };
  limits.forEach(({ kind, key }, index) => {
    if ((kind === 'budget') !== (key === ''))
      refuse(`limits[${index}].key`, 'must be empty for a budget, and for nothing else');
    once(`limits[${index}]`, `limit|${kind}|${key}`);
  });
  costs.forEach(({ channel, actionId }, index) => once(`costs[${index}]`, `cost|${channel}|${actionId}`));
  if (costs.length > 0 && !limits.some(({ kind }) => kind === 'budget')) {
    refuse('costs', 'mean nothing without a limit of kind budget');
  }
  if (violations.length > 0) throw invalid(violations, 'The terms of the push are not valid.');
}
