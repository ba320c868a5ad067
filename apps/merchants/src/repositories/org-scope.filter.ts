/**
 * Filter for a path field: the scope itself or below it, by whole parts; an empty scope matches all. A range on the path, so
 * that an index on the field serves it ('0' is the character after '/').
 */
export function withinScope(field: string, scope: string): Record<string, unknown> {
  if (scope === '') return {};
  return { $or: [{ [field]: scope }, { [field]: { $gte: `${scope}/`, $lt: `${scope}0` } }] };
}
