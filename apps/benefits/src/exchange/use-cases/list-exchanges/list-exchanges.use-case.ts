import { Injectable } from '@nestjs/common';
import { decodeTimeToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { CustomerPageInput } from '../../../definitions/definition.request';
import type { Exchange } from '../../domain/exchange';
import { ExchangeRepository } from '../../repositories/exchange.repository';

/** One customer's exchanges, newest first. */
@Injectable()
export class ListExchangesUseCase {
  constructor(private readonly exchanges: ExchangeRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(page: CustomerPageInput): Promise<{ exchanges: Exchange[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const token = decodeTimeToken(page.pageToken);
    const after = token && { createdAt: token.at, exchangeId: token.id };
    const exchanges = await this.exchanges.list(page.customerId, limit, after);
    const last = exchanges.length === limit ? exchanges.at(-1) : undefined;
    return { exchanges, nextPageToken: last ? encodePageToken([last.createdAt.toISOString(), last.exchangeId]) : '' };
  }
}
