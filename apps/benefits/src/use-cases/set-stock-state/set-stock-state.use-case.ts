import { Injectable } from '@nestjs/common';
import { StockStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { notFound, refused } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { event, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import type { Stock } from '../../domain/stock';
import { StockRepository } from '../../repositories/stock.repository';
import type { SetStockStateInput } from './set-stock-state.request';

/** Pauses a stock, opens it again or closes it for good. What was claimed stays good; replicas follow when they hear of it, within two seconds at most. */
@Injectable()
export class SetStockStateUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly stocks: StockRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws STOCK_NOT_FOUND, STOCK_CLOSED, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: SetStockStateInput, actor: Actor): Promise<Stock> {
    return this.mongo.once({ scope: 'set-stock-state', requestId, input }, async (tx) => {
      const before = await this.stocks.find(input.stockId, tx);
      if (!before) throw notFound('STOCK_NOT_FOUND', 'There is no such stock.');
      requireOrgScope(actor, before.orgPath);
      if (before.state === 'closed' && input.state !== 'closed') {
        throw refused('STOCK_CLOSED', 'A closed stock is not opened again.');
      }
      await this.stocks.saveState(input.stockId, input.state, tx);
      tx.emit(event(StockStateChanged, input.stockId, { ...input, changedAt: this.clock.now() }));
      return { ...before, state: input.state };
    });
  }
}
