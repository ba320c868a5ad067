import { Injectable } from '@nestjs/common';
import { Mongo, newId } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { StockCatalogue } from '../../../repositories/stock-catalogue';
import { createLink, type ShareLink } from '../../domain/share-link';
import { ShareRepository } from '../../repositories/share.repository';
import type { CreateShareLinkInput } from './create-share-link.request';

/** Makes a link by which others claim of a stock 分享. */
@Injectable()
export class CreateShareLinkUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly shares: ShareRepository,
    private readonly catalogue: StockCatalogue,
    private readonly clock: Clock,
  ) {}

  /** @throws STOCK_NOT_FOUND, NOT_SHAREABLE, STOCK_CLOSED, STOCK_PAUSED, CLAIM_ENDED, SHARE_LINK_LIMIT_REACHED, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: CreateShareLinkInput): Promise<ShareLink> {
    const stock = await this.catalogue.get(input.stockId);
    return this.mongo.once({ scope: `create-share-link|${input.customerId}`, requestId, input }, async (tx) => {
      const before = await this.shares.getSharer(input.stockId, input.customerId, tx);
      const { link, sharer } = createLink(stock, before, newId(), this.clock.now());
      await this.shares.saveSharer(sharer, tx);
      await this.shares.saveLinks([link], tx);
      return link;
    });
  }
}
