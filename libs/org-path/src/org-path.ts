/** Longest path of a unit: four parts of 63 and what stands between them. */
export const ORG_PATH_LENGTH_MAX = 255;

/** Whether an organisation path (`hq/east/shanghai`) is another one or lies below it, by whole parts. */
export const isAtOrBelow = (path: string, ancestor: string): boolean =>
  path === ancestor || path.startsWith(`${ancestor}/`);

/** Whether two are of one line of the organisation: one is at or above the other. */
export const isOfOneLine = (a: string, b: string): boolean => isAtOrBelow(a, b) || isAtOrBelow(b, a);
