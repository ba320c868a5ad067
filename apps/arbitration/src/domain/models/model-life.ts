import { DomainError, invalid, refused } from '@tidegate/errors';
import { BASIS_POINTS } from './model-group';
import { isSameModel, type ModelRef, type ModelSlot } from './model-slot';

/** Where a model stands in a slot. */
export type Stage = 'new' | 'shadow' | 'challenger' | 'champion' | 'retired';

/** Life of a model in a slot: the allowed moves. A champion only leaves by another taking its place. */
export const MODEL_MOVES: Readonly<Record<Stage, readonly Stage[]>> = {
  new: ['shadow'],
  shadow: ['challenger', 'retired'],
  challenger: ['challenger', 'champion', 'shadow', 'retired'],
  champion: [],
  retired: ['shadow'],
};

/** A challenger must prove itself on fewer people than the champion keeps. */
export const CHALLENGER_BASIS_POINTS_MAX = 5_000;
const FORMER_CHAMPIONS_MAX = 5;
const RETIRED_MAX = 20;

/** What was proposed to happen to a model. */
export interface ProposedMove {
  model: ModelRef;
  to: Exclude<Stage, 'new'>;
  /** Of a move to challenger, else 0. */
  challengerBasisPoints: number;
}

export const stageOf = (slot: ModelSlot, model: ModelRef): Stage => {
  if (isSameModel(slot.champion, model)) return 'champion';
  if (isSameModel(slot.challenger, model)) return 'challenger';
  if (isSameModel(slot.shadow, model)) return 'shadow';
  return [...slot.formerChampions, ...slot.retired].some((former) => isSameModel(former, model)) ? 'retired' : 'new';
};

/**
 * The slot after the move. A new champion sends the old one to the head of the former champions.
 * @throws MODEL_MOVE_NOT_ALLOWED when the table has no such move.
 * @throws MODEL_PLACE_TAKEN when another model stands where this one should go: that one is retired first.
 * @throws VALIDATION_FAILED when the challenger's share is out of bounds, or leaves the champion nobody.
 */
export function moveModel(slot: ModelSlot, { model, to, challengerBasisPoints }: ProposedMove): ModelSlot {
  const from = stageOf(slot, model);
  if (!MODEL_MOVES[from].includes(to)) {
    throw refused('MODEL_MOVE_NOT_ALLOWED', `A model that is ${from} cannot become ${to}.`, { from, to });
  }
  const free = { ...without(slot, model), version: slot.version + 1 };
  if (to === 'champion') {
    const others = free.formerChampions.filter((former) => !isSameModel(former, model));
    const former = [slot.champion, ...others];
    const retired = former.slice(FORMER_CHAMPIONS_MAX).reduce(retire, free.retired);
    return { ...free, champion: model, formerChampions: former.slice(0, FORMER_CHAMPIONS_MAX), retired };
  }
  if (to === 'retired') return { ...free, retired: retire(free.retired, model) };
  if (free[to] !== null) throw refused('MODEL_PLACE_TAKEN', `Another model is the ${to} of this slot.`);
  if (to === 'shadow') return { ...free, shadow: model };
  checkShares(challengerBasisPoints, slot.noModelBasisPoints);
  return { ...free, challenger: model, challengerBasisPoints };
}

/** The slot with the last champion of before back in its place. @throws NO_FORMER_CHAMPION */
export function rollBack(slot: ModelSlot): ModelSlot {
  const [last, ...formerChampions] = slot.formerChampions;
  if (last === undefined) {
    throw refused('NO_FORMER_CHAMPION', 'The slot has had no other champion that one could go back to.');
  }
  const free = without(slot, last);
  return {
    ...free,
    champion: last,
    formerChampions,
    retired: retire(free.retired, slot.champion),
    version: slot.version + 1,
  };
}

/** @throws MODEL_MOVE_OWN when who settles a move is who proposed it, unless he only withdraws it. */
export function checkSettler(proposedBy: string, settledBy: string, isApproved: boolean): void {
  if (!isApproved || proposedBy !== settledBy) return;
  throw new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'MODEL_MOVE_OWN',
    message: 'Who proposed a move may withdraw it but not approve it.',
  });
}

/** @throws VALIDATION_FAILED when the challenger's share is out of its bounds or both shares leave the champion nobody. */
export function checkShares(challengerBasisPoints: number, noModelBasisPoints: number): void {
  const isBounded = challengerBasisPoints >= 1 && challengerBasisPoints <= CHALLENGER_BASIS_POINTS_MAX;
  if (isBounded && challengerBasisPoints + noModelBasisPoints < BASIS_POINTS) return;
  const description = isBounded ? 'leaves the champion nobody' : `must be 1 to ${CHALLENGER_BASIS_POINTS_MAX}`;
  throw invalid([{ field: 'challengerBasisPoints', description }]);
}

/** The slot as if the model were neither challenger nor shadow, nor retired from there. */
function without(slot: ModelSlot, model: ModelRef): ModelSlot {
  const isChallenger = isSameModel(slot.challenger, model);
  return {
    ...slot,
    challenger: isChallenger ? null : slot.challenger,
    challengerBasisPoints: isChallenger ? 0 : slot.challengerBasisPoints,
    shadow: isSameModel(slot.shadow, model) ? null : slot.shadow,
    retired: slot.retired.filter((one) => !isSameModel(one, model)),
  };
}

const retire = (retired: readonly ModelRef[], model: ModelRef): ModelRef[] =>
  [model, ...retired.filter((one) => !isSameModel(one, model))].slice(0, RETIRED_MAX);
