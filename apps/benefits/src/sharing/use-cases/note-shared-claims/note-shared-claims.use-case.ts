import { Injectable } from '@nestjs/common';
import type { SharedBenefitClaimed } from '@tidegate/contracts/benefits/v1/shares_events';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { OwedRewardRepository } from '../../../granting/repositories/owed-reward.repository';
import { PersonRepository } from '../../../repositories/person.repository';
import { StockCatalogue } from '../../../repositories/stock-catalogue';
import { noteClaim, rewardIdOf, type ShareLink, type Sharer } from '../../domain/share-link';
import { ShareRepository } from '../../repositories/share.repository';

/** Counts claims for the links they came by, and owes the sharer what he earns by new claimers. His own claims do not count. */
@Injectable()
export class NoteSharedClaimsUseCase {
  constructor(
    private readonly shares: ShareRepository,
    private readonly persons: PersonRepository,
    private readonly rewards: OwedRewardRepository,
    private readonly catalogue: StockCatalogue,
    private readonly clock: Clock,
  ) {}

  async execute(shared: SharedBenefitClaimed[], tx: Transaction): Promise<void> {
    const links = await this.shares.findLinks([...new Set(shared.map(({ shareLinkId }) => shareLinkId))], tx);
    const customerIds = [...links.values(), ...shared].map(({ customerId }) => customerId);
    const persons = await this.persons.find(customerIds, tx);
    const changedLinks = new Map<string, ShareLink>();
    const sharers = new Map<string, Sharer>();
    for (const { shareLinkId, customerId } of shared) {
      const link = changedLinks.get(shareLinkId) ?? links.get(shareLinkId);
      if (!link || persons.isOne(customerId, link.customerId)) continue;
      const key = JSON.stringify([link.stockId, link.customerId]);
      const sharer = sharers.get(key) ?? (await this.shares.getSharer(link.stockId, link.customerId, tx));
      const earlierIds = persons.namesOf(customerId).map((name) => rewardIdOf(sharer, name));
      const isNew = (await this.rewards.findMany(earlierIds, tx)).size === 0;
      const stock = await this.catalogue.get(link.stockId);
      const noted = noteClaim({ link, sharer }, { stock, claimerId: customerId, isNew }, this.clock.now());
      changedLinks.set(shareLinkId, noted.link);
      sharers.set(key, noted.sharer);
      if (noted.owed) await this.rewards.addMany([noted.owed], tx);
    }
    await this.shares.saveLinks([...changedLinks.values()], tx);
    for (const sharer of sharers.values()) await this.shares.saveSharer(sharer, tx);
  }
}
