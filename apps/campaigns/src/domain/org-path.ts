/** Whether `path` is `ancestor` or lies below it, by whole parts: hq/east is above hq/east/sh, not above hq/eastern. */
export const isAtOrBelow = (path: string, ancestor: string): boolean =>
  path === ancestor || path.startsWith(`${ancestor}/`);

/** Whether what belongs to `owner` may be used in `user`'s work: an organisation uses its own and what those above it set. */
export const isUsableBy = (owner: string, user: string): boolean => isAtOrBelow(user, owner);

/** The path itself and those above it, longest first. */
export function selfAndAncestors(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_part, i) => parts.slice(0, parts.length - i).join('/'));
}
