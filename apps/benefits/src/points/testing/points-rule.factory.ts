import type { Definition } from '../../definitions/domain/definition';
import { aDefinition } from '../../definitions/testing/definition.factory';
import type { CardTransaction, PointsRule, PointsTerms } from '../domain/points-rule';

/** One point for each whole yuan paid by card, for a year. */
export const aPointsRule = (terms: Partial<PointsTerms> = {}, definition: Partial<Definition> = {}): PointsRule => ({
  definition: aDefinition({ definitionId: 'card-points', name: 'Card points 刷卡积分', ...definition }),
  terms: {
    currency: 'CNY',
    operations: ['card_payment'],
    channels: [],
    amountMinorMin: 0,
    stepAmountMinor: 100,
    pointsPerStep: 1,
    pointsMaxPerTransaction: 0,
    pointsMaxPerDay: 0,
    pointsMaxPerMonth: 0,
    validMonths: 12,
    timeZone: 'Asia/Shanghai',
    ...terms,
  },
});

/** 88.80 paid by card. */
export const aCardTransaction = (overrides: Partial<CardTransaction> = {}): CardTransaction => ({
  transactionId: 'transaction-1',
  customerId: 'c-1',
  amountMinor: 8_880,
  currency: 'CNY',
  operation: 'card_payment',
  channel: 'pos',
  occurredAt: new Date('2026-03-02T01:00:00Z'),
  ...overrides,
});
