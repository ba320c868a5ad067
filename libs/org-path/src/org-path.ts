/** Whether an organisation path (`hq/east/shanghai`) is another one or lies below it, by whole parts. */
export const isAtOrBelow = (path: string, ancestor: string): boolean =>
  path === ancestor || path.startsWith(`${ancestor}/`);
