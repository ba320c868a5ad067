import { notFound, type DomainError } from '@tidegate/errors';

export const batchNotFound = (): DomainError => notFound('BATCH_NOT_FOUND', 'There is no such settlement batch.');
export const payoutNotFound = (): DomainError => notFound('PAYOUT_NOT_FOUND', 'There is no such pay-out.');
export const adjustmentNotFound = (): DomainError =>
  notFound('ADJUSTMENT_NOT_FOUND', 'There is no such adjustment of this merchant.');
export const reconciliationNotFound = (): DomainError =>
  notFound('RECONCILIATION_NOT_FOUND', 'There is no such reconciliation.');
export const differenceNotFound = (): DomainError => notFound('DIFFERENCE_NOT_FOUND', 'There is no such difference.');
