import type { Verdicts } from './verdicts';

/** Candidates that the record of a pushed decision keeps whole: a list of a million with two hundred each would be all database. Of the others it keeps the reason. */
export const KEPT_CANDIDATES_MAX = 24;

/**
 * Places of the candidates that a record keeps whole, in their order: all of few; of many the chosen one, those worth most of all that reached
 * the ranking, and then those that the rules stopped.
 */
export function keptCandidates(verdicts: Verdicts, chosen: number): number[] {
  const places = Array.from({ length: verdicts.length }, (_, place) => place);
  if (places.length <= KEPT_CANDIDATES_MAX) return places;
  const worth = (place: number): number => (place === chosen ? Infinity : verdicts.scoreAt(place));
  return places
    .sort((left, right) => worth(right) - worth(left) || left - right)
    .slice(0, KEPT_CANDIDATES_MAX)
    .sort((left, right) => left - right);
}
