import { Injectable } from '@nestjs/common';
import { Mongo, newId } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { PersonRepository } from '../../../repositories/person.repository';
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
    private readonly persons: PersonRepository,
    private readonly catalogue: StockCatalogue,
    private readonly clock: Clock,
  ) {}

  /** @throws STOCK_NOT_FOUND, NOT_SHAREABLE, STOCK_CLOSED, STOCK_PAUSED, CLAIM_ENDED, SHARE_LINK_LIMIT_REACHED, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: CreateShareLinkInput): Promise<ShareLink> {
    const stock = await this.catalogue.get(input.stockId);
    return this.mongo.once({ scope: `create-share-link|${input.customerId}`, requestId, input }, async (tx) => {
      const persons = await this.persons.find([input.customerId], tx);
      const profiles = [input.customerId, ...persons.othersOf(input.customerId)];
      const [before, ...others] = await this.shares.getSharers(input.stockId, profiles, tx);
      const { link, sharer } = createLink(stock, { sharer: before!, others }, newId(), this.clock.now());
      await this.shares.saveSharer(sharer, tx);
      await this.shares.touchSharers(others, tx);
      await this.shares.saveLinks([link], tx);
      return link;
    });
  }
}
