import type { Candidate } from './strategy';

/** P × C × V × L and their product. */
export interface Priority {
  propensity: number;
  contextWeight: number;
  value: number;
  lever: number;
  score: number;
}

const SMALLEST_PROPENSITY = 1e-6;
const CONTEXT_WEIGHT_MAX = 100;
const LEVER_MAX = 10;

const bounded = (number: number, min: number, max: number): number =>
  Number.isFinite(number) ? Math.min(max, Math.max(min, number)) : min;

/**
 * Propensity × context weight × value × lever, each in its bounds, so that one wild setting can neither silence an action nor drown all
 * others. Unset (0) reads as neutral: weight 1, value 1, lever 100 %.
 * Source: the P × C × V × L formula of next-best-action arbitration, as in Pega Customer Decision Hub.
 */
export function priorityOf({ action, treatment }: Candidate, rawPropensity: number): Priority {
  const propensity = bounded(rawPropensity, SMALLEST_PROPENSITY, 1);
  const contextWeight = bounded(treatment.contextWeight || 1, 0, CONTEXT_WEIGHT_MAX);
  const value = bounded(action.valueMinor || 1, 0, Number.MAX_SAFE_INTEGER);
  const lever = bounded((action.leverPercent || 100) / 100, 0, LEVER_MAX);
  return { propensity, contextWeight, value, lever, score: propensity * contextWeight * value * lever };
}
