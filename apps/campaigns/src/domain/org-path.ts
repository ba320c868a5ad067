import { isAtOrBelow } from '@tidegate/org-path';

/** Whether what belongs to `owner` may be used in `user`'s work: an organisation uses its own and what those above it set. */
export const isUsableBy = (owner: string, user: string): boolean => isAtOrBelow(user, owner);

/** The path itself and those above it, longest first. */
export function selfAndAncestors(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_part, i) => parts.slice(0, parts.length - i).join('/'));
}
