import { invalid } from '@tidegate/errors';

/** @throws VALIDATION_FAILED when the outcomes until a model is ready, or the rate believed before, are out of bounds. */
export const checkLearningTerms = ({ minOutcomes, priorRate }: { minOutcomes: number; priorRate: number }): void => {
  const violations = [
    ...(Number.isInteger(minOutcomes) && minOutcomes >= 1 && minOutcomes <= 100_000
      ? []
      : [{ field: 'minOutcomes', description: 'must be a whole number from 1 to 100000' }]),
    ...(priorRate > 0 && priorRate < 1 ? [] : [{ field: 'priorRate', description: 'must be between 0 and 1' }]),
  ];
  if (violations.length > 0) throw invalid(violations, 'The model settings are not valid.');
};
