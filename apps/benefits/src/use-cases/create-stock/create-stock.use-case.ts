import { Injectable } from '@nestjs/common';
import { DomainError, invalid, notFound } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo, newId, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { CodePoolRepository } from '../../code-pools/repositories/code-pool.repository';
import { ALWAYS, type Stock } from '../../domain/stock';
import { stockFaults } from '../../domain/stock-faults';
import { StockRepository } from '../../repositories/stock.repository';
import type { CreateStockInput } from './create-stock.request';

/** Sets up a stock 批次. */
@Injectable()
export class CreateStockUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly stocks: StockRepository,
    private readonly pools: CodePoolRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws VALIDATION_FAILED, STOCK_EXISTS, ORG_OUT_OF_SCOPE (also of a unit that bears a part), REQUEST_ID_REUSED; STOCK_NOT_FOUND for a repeat of nothing */
  async execute({ requestId, stock: input, isRepeatOnly }: CreateStockInput, actor: Actor): Promise<Stock> {
    requireOrgScope(actor, input.orgPath);
    const faults = stockFaults(input);
    if (faults.length > 0)
      throw invalid(faults.map(({ field, description }) => ({ field: `stock.${field}`, description })));
    return this.mongo.once({ scope: 'create-stock', requestId, input }, async (tx) => {
      if (isRepeatOnly) throw notFound('STOCK_NOT_FOUND', 'This request has created no stock.');
      const stock: Stock = {
        ...input,
        redeemWindow: input.redeemWindow ?? ALWAYS,
        stockId: input.stockId || newId(),
        state: 'open',
        createdAt: this.clock.now(),
      };
      if (await this.stocks.find(stock.stockId, tx)) {
        throw new DomainError({
          code: 'ALREADY_EXISTS',
          reason: 'STOCK_EXISTS',
          message: 'There is a stock of this id.',
        });
      }
      for (const { funder, partyId } of stock.costShares) {
        // Nobody makes a part of the bank bear anything that is not his own.
        if (funder === 'bank') requireOrgScope(actor, partyId);
      }
      await this.requireParts(stock, tx);
      await this.requireReward(stock, tx);
      if (stock.poolId) await this.requirePool(stock.poolId, actor, tx);
      await this.stocks.add(stock, tx);
      return stock;
    });
  }

  /** Only codes of the maker's own organisation are given. @throws VALIDATION_FAILED, ORG_OUT_OF_SCOPE */
  private async requirePool(poolId: string, actor: Actor, tx: Transaction): Promise<void> {
    const pool = await this.pools.find(poolId, tx);
    if (!pool) throw invalid([{ field: 'stock.poolId', description: 'there is no such code pool' }]);
    requireOrgScope(actor, pool.orgPath);
  }

  /** @throws VALIDATION_FAILED when sharers are promised a benefit that is not there, or of another organisation */
  private async requireReward({ shareTerms, orgPath }: Stock, tx: Transaction): Promise<void> {
    const stockId = shareTerms?.sharerReward?.stockId;
    if (!stockId) return;
    const field = 'stock.shareTerms.sharerReward.stockId';
    const given = await this.stocks.find(stockId, tx);
    if (!given) throw invalid([{ field, description: 'there is no such stock' }]);
    if (given.orgPath !== orgPath) throw invalid([{ field, description: 'must be of the same organisation' }]);
  }

  /** @throws VALIDATION_FAILED when a bundle is made of what is not there or cannot be in it */
  private async requireParts({ bundleStockIds, orgPath }: Stock, tx: Transaction): Promise<void> {
    for (const [index, stockId] of bundleStockIds.entries()) {
      const part = await this.stocks.find(stockId, tx);
      const field = `stock.bundleStockIds.${index}`;
      if (!part) throw invalid([{ field, description: 'there is no such stock' }]);
      if (part.kind === 'bundle') throw invalid([{ field, description: 'a bundle is not made of bundles' }]);
      if (part.orgPath !== orgPath) throw invalid([{ field, description: 'must be of the same organisation' }]);
    }
  }
}
