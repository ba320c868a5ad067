import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { counts, type Deed, type FissionCampaign } from '../../domain/fission-campaign';
import { noteDeeds, type FissionMember } from '../../domain/fission-member';
import { memberOf, rewardedElsewhere } from '../../domain/invite-persons';
import { FissionCampaigns } from '../../fission-campaigns';
import { FissionBook } from '../../repositories/fission-book';
import { FissionPeople } from '../../repositories/fission-people';
import { FissionRepository } from '../../repositories/fission.repository';
import { PersonRepository } from '../../../repositories/person.repository';

/** Notes what invited customers did, under whichever of their customer ids; whoever has met the condition has earned the rewards of both sides. */
@Injectable()
export class MeetConditionUseCase {
  constructor(
    private readonly campaigns: FissionCampaigns,
    private readonly members: FissionRepository,
    private readonly book: FissionBook,
    private readonly people: FissionPeople,
    private readonly persons: PersonRepository,
    private readonly clock: Clock,
  ) {}

  async execute(deeds: readonly Deed[], tx: Transaction): Promise<void> {
    const campaigns = await this.campaigns.active();
    // Most facts are about nobody who was invited: they cost no query.
    const relevant = deeds.filter((deed) => campaigns.some(({ terms }) => counts(terms.condition, deed)));
    if (relevant.length === 0) return;
    const doerIds = [...new Set(relevant.map(({ customerId }) => customerId))];
    const persons = await this.persons.find(doerIds, tx);
    const profiles = new Set(doerIds.flatMap((customerId) => [customerId, ...persons.othersOf(customerId)]));
    const invited = await this.members.listInvited([...profiles], tx);
    for (const campaign of campaigns) {
      const members = invited.filter(({ campaignId }) => campaignId === campaign.definition.definitionId);
      const counting = relevant.filter((deed) => counts(campaign.terms.condition, deed));
      const doers = counting.map((deed) => memberOf(deed, members, persons));
      for (const member of members) {
        const deedCount = doers.filter((each) => each === member).length;
        if (deedCount > 0) await this.note(campaign, member, deedCount, tx);
      }
    }
  }

  private async note(
    campaign: FissionCampaign,
    { campaignId, customerId }: FissionMember,
    deedCount: number,
    tx: Transaction,
  ): Promise<void> {
    const now = this.clock.now();
    // Anew: as an inviter he may have been written since, for a friend of his who did something in the same batch.
    const invitee = await this.members.get(campaignId, customerId, tx);
    const inviter = await this.members.get(campaignId, invitee.inviterId, tx);
    const others = await this.people.othersOf(inviter, tx);
    const noting = { inviter, invitee, rewardedElsewhere: rewardedElsewhere(others) };
    const noted = noteDeeds(noting, deedCount, campaign.terms, now);
    await this.members.save(noted.invitee, false, tx);
    if (!noted.isQualified) return;
    await this.members.save(noted.inviter, false, tx);
    await this.book.qualify(campaign, noted.invitee, noted.isInviterRewarded, now, tx);
  }
}
