/**
 * A member's draw raises its values by less than a millionth, so that prices can part members of equal value, without favour for the
 * list's order.
 */
const TIE_WEIGHT = 1e-6;

/** What a score counts for, with the member's draw. */
export const drawnScore = (score: number, draw: number): number => score * (1 + (TIE_WEIGHT * draw) / 2 ** 32);

/** Values nearer than this share of each other are a tie. */
export const TIE_SHARE = 2 * TIE_WEIGHT;

/** Another draw of the same member, independent of the one that settles ties. */
export function secondDraw(draw: number): number {
  let mixed = Math.imul(draw ^ 0x9e3779b9, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
