/** Filter for documents whose `orgPath` is the scope or below it, by whole parts; "0" is the character after "/". */
export const withinOrg = (scope: string): { $or: object[] } => ({
  $or: [{ orgPath: scope }, { orgPath: { $gte: `${scope}/`, $lt: `${scope}0` } }],
});
