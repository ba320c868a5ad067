/** The stocks that a definition's terms give or take as a benefit, however deep they are named in them. */
export function rewardedStockIds(terms: unknown): string[] {
  if (typeof terms !== 'object' || terms === null) return [];
  const own = 'kind' in terms && terms.kind === 'benefit' && 'stockId' in terms ? [String(terms.stockId)] : [];
  return [...new Set([...own, ...Object.values(terms).flatMap(rewardedStockIds)])];
}
