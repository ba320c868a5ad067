import { selfAndAncestors } from '../domain/org-path';

const below = (scope: string): { $gte: string; $lt: string } => ({ $gte: `${scope}/`, $lt: `${scope}0` });

/** Everything of an organisation and of those below it; all there is without a scope. `0` is the character after `/`. */
export const ofSubtree = (scope: string | undefined): object =>
  scope === undefined ? {} : { $or: [{ orgPath: scope }, { orgPath: below(scope) }] };

/** Also what the organisations above it set for it to use. */
export const visibleTo = (scope: string | undefined): object =>
  scope === undefined ? {} : { $or: [{ orgPath: { $in: selfAndAncestors(scope) } }, { orgPath: below(scope) }] };
