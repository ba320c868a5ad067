import type { ContextWeight } from './contact-policy';
import type { Candidate } from './strategy';

/** P × C × V × L and their product. */
export interface Priority {
  propensity: number;
  contextWeight: number;
  value: number;
  lever: number;
  score: number;
}

/** What of a priority does not depend on the customer, each in its bounds. */
export interface PriorityFactors {
  contextWeight: number;
  value: number;
  lever: number;
}

const SMALLEST_PROPENSITY = 1e-6;
/** Campaigns takes nothing beyond these in; what is older is cut to them. */
const CONTEXT_WEIGHT_MAX = 100;
const LEVER_MAX = 10;

const bounded = (number: number, min: number, max: number): number =>
  Number.isFinite(number) ? Math.min(max, Math.max(min, number)) : min;

/** Propensity in its bounds: one so small that it never silences, at most 1. */
export const boundedPropensity = (raw: number): number => bounded(raw, SMALLEST_PROPENSITY, 1);

/** Weight, value and lever of a candidate. Unset (0) reads as neutral: weight 1, value 1, lever 100 %. */
export const factorsOf = ({ action, treatment }: Candidate): PriorityFactors => ({
  contextWeight: bounded(treatment.contextWeight || 1, 0, CONTEXT_WEIGHT_MAX),
  value: bounded(action.valueMinor || 1, 0, Number.MAX_SAFE_INTEGER),
  lever: bounded((action.leverPercent || 100) / 100, 0, LEVER_MAX),
});

/** A treatment's weight in the situation at hand: `situationWeight` is what the bank's policy says of channel and moment. */
export const weightIn = (contextWeight: number, situationWeight: number): number =>
  bounded(contextWeight * situationWeight, 0, CONTEXT_WEIGHT_MAX);

/**
 * What the bank's policy says of a channel in a moment: the weight that names both, else the moment's, else the channel's, else 1.
 */
export function situationWeight(weights: readonly ContextWeight[], channel: string, moment: string): number {
  let [best, found] = [0, 1];
  for (const one of weights) {
    if ((one.channel !== '' && one.channel !== channel) || (one.moment !== '' && one.moment !== moment)) continue;
    const rank = (one.moment === '' ? 0 : 2) + (one.channel === '' ? 0 : 1);
    if (rank > best) [best, found] = [rank, one.weight];
  }
  return found;
}

/**
 * Propensity × context weight × value × lever, each in its bounds, so that one wild setting can neither silence an action nor drown all
 * others.
 * Source: the P × C × V × L formula of next-best-action arbitration, as in Pega Customer Decision Hub.
 */
export const scoreOf = (propensity: number, contextWeight: number, { value, lever }: PriorityFactors): number =>
  propensity * contextWeight * value * lever;
