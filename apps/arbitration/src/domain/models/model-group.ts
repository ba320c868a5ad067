import { stableHash } from '../stable-hash';
import type { ModelSlot } from './model-slot';

/** Who ranks for a person in a slot: champion 冠军, challenger 挑战者, or base rates alone (the no-model group 非模型组). */
export const MODEL_GROUPS = ['champion', 'challenger', 'no_model'] as const;
export type ModelGroup = (typeof MODEL_GROUPS)[number];

export const BASIS_POINTS = 10_000;

/**
 * The group of a person, from his key and the slot alone, so that he stays in it. The two shares grow from opposite ends: one that grows
 * only takes people from the champion, never from the other. Together they are less than everybody.
 */
export const groupOf = (
  { slot, challenger, challengerBasisPoints, noModelBasisPoints }: ModelSlot,
  personKey: string,
): ModelGroup => {
  const place = stableHash(`model-group|${slot}|${personKey}`) % BASIS_POINTS;
  if (place < noModelBasisPoints) return 'no_model';
  return challenger !== null && place >= BASIS_POINTS - challengerBasisPoints ? 'challenger' : 'champion';
};
