import { Injectable } from '@nestjs/common';
import type { SharedBenefitClaimed } from '@tidegate/contracts/benefits/v1/shares_events';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { OwedRewardRepository } from '../../../granting/repositories/owed-reward.repository';
import { PersonRepository } from '../../../repositories/person.repository';
import { StockCatalogue } from '../../../repositories/stock-catalogue';
import { noteClaim, rewardIdOf, type ShareLink, type Sharer } from '../../domain/share-link';
import { sharerKey, ShareRepository } from '../../repositories/share.repository';

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
    const sharers = new SharerBook(this.shares, tx);
    for (const { shareLinkId, customerId } of shared) {
      const link = changedLinks.get(shareLinkId) ?? links.get(shareLinkId);
      if (!link || persons.isOne(customerId, link.customerId)) continue;
      const profiles = [link.customerId, ...persons.othersOf(link.customerId)];
      const [sharer, ...others] = await sharers.get(link.stockId, profiles);
      const names = persons.namesOf(customerId);
      const earlierIds = [sharer, ...others].flatMap((each) => names.map((name) => rewardIdOf(each, name)));
      const isNew = (await this.rewards.findMany(earlierIds, tx)).size === 0;
      const stock = await this.catalogue.get(link.stockId);
      const noted = noteClaim({ link, sharer, others }, { stock, claimerId: customerId, isNew }, this.clock.now());
      changedLinks.set(shareLinkId, noted.link);
      if (!noted.owed) continue;
      sharers.change(noted.sharer, others);
      await this.rewards.addMany([noted.owed], tx);
    }
    await this.shares.saveLinks([...changedLinks.values()], tx);
    await sharers.save();
  }
}

/** The sharers that a transaction reads, and how it changes them. */
class SharerBook {
  private readonly held = new Map<string, Sharer>();
  private readonly changed = new Set<string>();
  private readonly beside = new Map<string, Sharer>();

  constructor(
    private readonly shares: ShareRepository,
    private readonly tx: Transaction,
  ) {}

  /** In the order of the customers. */
  async get(stockId: string, customerIds: readonly string[]): Promise<[Sharer, ...Sharer[]]> {
    const unread = customerIds.filter((customerId) => !this.held.has(sharerKey({ stockId, customerId })));
    if (unread.length > 0) {
      for (const each of await this.shares.getSharers(stockId, unread, this.tx)) this.held.set(sharerKey(each), each);
    }
    return customerIds.map((customerId) => this.held.get(sharerKey({ stockId, customerId }))!) as [Sharer, ...Sharer[]];
  }

  /** `others` are the profiles whose counts it stands on. */
  change(sharer: Sharer, others: readonly Sharer[]): void {
    this.held.set(sharerKey(sharer), sharer);
    this.changed.add(sharerKey(sharer));
    for (const each of others) this.beside.set(sharerKey(each), each);
  }

  async save(): Promise<void> {
    for (const key of this.changed) await this.shares.saveSharer(this.held.get(key)!, this.tx);
    const touched = [...this.beside].flatMap(([key, each]) => (this.changed.has(key) ? [] : [each]));
    await this.shares.touchSharers(touched, this.tx);
  }
}
