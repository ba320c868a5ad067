import type { PlacedFact } from './productivity';

/** What the tables know of a redemption, whichever of it and its reversal was heard of first. */
export interface CountedRedemption {
  redemptionId: string;
  /** Where it was counted; null when it was not heard of yet, or was at no known place. */
  fact: PlacedFact | null;
  isReversed: boolean;
}

/** A redemption after an event, and what that adds to the tables. */
export interface Counted {
  redemption: CountedRedemption;
  facts: PlacedFact[];
}

/** Counts a redemption, once; one that is known to be reversed is taken off at once. */
export function countRedemption(before: CountedRedemption, fact: PlacedFact | null): Counted {
  if (before.fact || !fact) return { redemption: before, facts: [] };
  return { redemption: { ...before, fact }, facts: before.isReversed ? [fact, takenOff(fact)] : [fact] };
}

/** Takes a redemption off where it was counted, once; one that was not heard of yet will not stay. */
export function takeOff(before: CountedRedemption): Counted {
  if (before.isReversed) return { redemption: before, facts: [] };
  return { redemption: { ...before, isReversed: true }, facts: before.fact ? [takenOff(before.fact)] : [] };
}

/** A redemption that nothing was heard of. */
export const unheard = (redemptionId: string): CountedRedemption => ({ redemptionId, fact: null, isReversed: false });

const takenOff = (fact: PlacedFact): PlacedFact => ({ ...fact, kind: 'reversal' });
