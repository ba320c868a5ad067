import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { Stock } from '../../domain/stock';
import { CountRepository } from '../../repositories/count.repository';
import { StockRepository } from '../../repositories/stock.repository';

@Injectable()
export class GetStockUseCase {
  constructor(
    private readonly stocks: StockRepository,
    private readonly counts: CountRepository,
  ) {}

  /** @throws STOCK_NOT_FOUND */
  async execute(stockId: string): Promise<{ stock: Stock; claimedCount: number }> {
    const stock = await this.stocks.find(stockId);
    if (!stock) throw notFound('STOCK_NOT_FOUND', 'There is no such stock.');
    const claimed = await this.counts.claimedCounts([stock]);
    return { stock, claimedCount: claimed.get(stockId) ?? 0 };
  }
}
