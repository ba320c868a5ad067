import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { Stock } from '../../domain/stock';
import { StockRepository } from '../../repositories/stock.repository';

@Injectable()
export class GetStockUseCase {
  constructor(private readonly stocks: StockRepository) {}

  /** @throws STOCK_NOT_FOUND */
  async execute(stockId: string): Promise<{ stock: Stock; claimedCount: number }> {
    const stock = await this.stocks.find(stockId);
    if (!stock) throw notFound('STOCK_NOT_FOUND', 'There is no such stock.');
    const counts = await this.stocks.findStockCounts([stockId]);
    return { stock, claimedCount: counts.get(stockId)?.claimedCount ?? 0 };
  }
}
