import { Injectable } from '@nestjs/common';
import { decodeTimeToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { Stock } from '../../domain/stock';
import { CountRepository } from '../../repositories/count.repository';
import { StockRepository } from '../../repositories/stock.repository';

/** Stocks of the actor's organisation and below, newest first. */
@Injectable()
export class ListStocksUseCase {
  constructor(
    private readonly stocks: StockRepository,
    private readonly counts: CountRepository,
  ) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    page: { pageSize: number; pageToken: string },
  ): Promise<{ stocks: { stock: Stock; claimedCount: number }[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const token = decodeTimeToken(page.pageToken);
    const scope = actor.kind === 'staff' ? actor.orgPath : undefined;
    const after = token && { createdAt: token.at, stockId: token.id };
    const stocks = await this.stocks.list(limit, { scope, after });
    const claimed = await this.counts.claimedCounts(stocks);
    const last = stocks.length === limit ? stocks.at(-1) : undefined;
    return {
      stocks: stocks.map((stock) => ({ stock, claimedCount: claimed.get(stock.stockId) ?? 0 })),
      nextPageToken: last ? encodePageToken([last.createdAt.toISOString(), last.stockId]) : '',
    };
  }
}
