import { invalid, type FieldViolation } from '@tidegate/errors';
import type { GrowthLevel } from './growth-plan';

/**
 * Checks that levels rise: the first is everybody's, each needs more than the one before, and none needs more to be kept than to
 * be reached.
 * @throws VALIDATION_FAILED
 */
export function requireRisingLevels(levels: readonly GrowthLevel[]): void {
  const violations: FieldViolation[] = [];
  const find = (index: number, field: string, description: string): void =>
    void violations.push({ field: `plan.terms.levels.${index}.${field}`, description });
  levels.forEach(({ upGrowth, keepGrowth }, index) => {
    const before = levels[index - 1];
    if (!before && upGrowth > 0) find(index, 'upGrowth', 'must be 0 for the first level');
    if (before && upGrowth <= before.upGrowth) find(index, 'upGrowth', 'must be above the level before');
    if (keepGrowth > upGrowth) find(index, 'keepGrowth', 'must not be above upGrowth');
    if (before && keepGrowth < before.keepGrowth) find(index, 'keepGrowth', 'must not be below the level before');
  });
  if (violations.length > 0) throw invalid(violations);
}
