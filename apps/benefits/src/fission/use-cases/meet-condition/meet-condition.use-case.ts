import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { counts, type Deed, type FissionCampaign } from '../../domain/fission-campaign';
import { isInTime, noteDeeds, type FissionMember } from '../../domain/fission-member';
import { rewardedElsewhere } from '../../domain/invite-persons';
import { FissionCampaigns } from '../../fission-campaigns';
import { FissionBook } from '../../repositories/fission-book';
import { FissionPeople } from '../../repositories/fission-people';
import { FissionRepository } from '../../repositories/fission.repository';

/** Notes what invited customers did; whoever has met the condition has earned the rewards of both sides. */
@Injectable()
export class MeetConditionUseCase {
  constructor(
    private readonly campaigns: FissionCampaigns,
    private readonly members: FissionRepository,
    private readonly book: FissionBook,
    private readonly people: FissionPeople,
    private readonly clock: Clock,
  ) {}

  async execute(deeds: readonly Deed[], tx: Transaction): Promise<void> {
    const campaigns = await this.campaigns.active();
    // Most facts are about nobody who was invited: they cost no query.
    const relevant = deeds.filter((deed) => campaigns.some(({ terms }) => counts(terms.condition, deed)));
    if (relevant.length === 0) return;
    const joined = await this.members.listJoined([...new Set(relevant.map(({ customerId }) => customerId))], tx);
    for (const member of joined) {
      const campaign = campaigns.find(({ definition }) => definition.definitionId === member.campaignId);
      if (campaign) await this.note(campaign, member, relevant, tx);
    }
  }

  private async note(
    campaign: FissionCampaign,
    invitee: FissionMember,
    deeds: readonly Deed[],
    tx: Transaction,
  ): Promise<void> {
    const own = deeds.filter(
      (deed) =>
        deed.customerId === invitee.customerId &&
        counts(campaign.terms.condition, deed) &&
        isInTime(invitee, deed.happenedAt),
    );
    if (own.length === 0) return;
    const now = this.clock.now();
    const inviter = await this.members.get(invitee.campaignId, invitee.inviterId, tx);
    const others = await this.people.othersOf(inviter, tx);
    const noting = { inviter, invitee, rewardedElsewhere: rewardedElsewhere(others) };
    const noted = noteDeeds(noting, own.length, campaign.terms, now);
    await this.members.save(noted.invitee, false, tx);
    if (!noted.isQualified) return;
    await this.members.save(noted.inviter, false, tx);
    await this.book.qualify(campaign, noted.invitee, noted.isInviterRewarded, now, tx);
  }
}
