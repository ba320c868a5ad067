import { NOTHING_USED, type Budget, type BudgetLimits } from '../domain/budget';
import type { ReservationRequest } from '../domain/reservation';

export const noLimits: BudgetLimits = { dailyCount: 0, totalCount: 0, dailyAmountMinor: 0, totalAmountMinor: 0 };

export const aBudget = (overrides: Partial<Budget> = {}): Budget => ({
  merchantId: 'noodle-bar',
  storeId: '',
  currency: 'CNY',
  limits: noLimits,
  use: NOTHING_USED,
  changedAt: new Date('2026-11-22T04:00:00Z'),
  ...overrides,
});

export const aReservation = (overrides: Partial<ReservationRequest> = {}): ReservationRequest => ({
  holdId: 'hold-1',
  merchantId: 'noodle-bar',
  storeId: 'noodle-bar-1',
  count: 1,
  amountMinor: 1_000,
  currency: 'CNY',
  day: '2026-11-22',
  reservedAt: new Date('2026-11-22T04:00:00Z'),
  heldUntil: new Date('2026-11-22T04:05:00Z'),
  ...overrides,
});
