import { Injectable } from '@nestjs/common';
import { DomainError, invalid } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { Clock, newId } from '@tidegate/service';
import type { Stock } from '../../domain/stock';
import { StockRepository } from '../../repositories/stock.repository';
import type { CreateStockInput, StockInput } from './create-stock.request';

const BASIS_POINTS_WHOLE = 10_000;

/** Sets up a stock 批次. */
@Injectable()
export class CreateStockUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly stocks: StockRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws VALIDATION_FAILED, STOCK_EXISTS, REQUEST_ID_REUSED */
  async execute({ requestId, stock: input }: CreateStockInput): Promise<Stock> {
    requireConsistent(input);
    return this.mongo.once({ scope: 'create-stock', requestId, input }, async (tx) => {
      const stock: Stock = { ...input, stockId: input.stockId || newId(), state: 'open', createdAt: this.clock.now() };
      if (await this.stocks.find(stock.stockId, tx)) {
        throw new DomainError({
          code: 'ALREADY_EXISTS',
          reason: 'STOCK_EXISTS',
          message: 'There is a stock of this id.',
        });
      }
      await this.stocks.add(stock, tx);
      return stock;
    });
  }
}

function requireConsistent(stock: StockInput): void {
  const violations = [];
  if (stock.claimEndsAt <= stock.claimStartsAt) {
    violations.push({ field: 'stock.claimEndsAt', description: 'must be after claimStartsAt' });
  }
  const basisPoints = stock.costShares.reduce((sum, share) => sum + share.basisPoints, 0);
  if (basisPoints !== BASIS_POINTS_WHOLE) {
    violations.push({ field: 'stock.costShares', description: 'basisPoints must add up to 10000' });
  }
  stock.costShares.forEach(({ funder, partyId }, index) => {
    if (funder !== 'merchant' && !partyId) {
      violations.push({ field: `stock.costShares.${index}.partyId`, description: 'is needed for this funder' });
    }
  });
  if (violations.length > 0) throw invalid(violations);
}
