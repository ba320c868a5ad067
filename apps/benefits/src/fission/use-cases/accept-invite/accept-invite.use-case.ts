import { Injectable } from '@nestjs/common';
import { InviteAccepted } from '@tidegate/contracts/benefits/v1/fission_events';
import { notFound } from '@tidegate/errors';
import { event, Mongo, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { acceptInvite, noteDeeds, type FissionMember, type InviteState } from '../../domain/fission-member';
import { bringsTree, requirePersons, rewardedElsewhere, type InvitePersons } from '../../domain/invite-persons';
import { FissionCampaigns } from '../../fission-campaigns';
import { FissionBook } from '../../repositories/fission-book';
import { FissionPeople } from '../../repositories/fission-people';
import { FissionRepository } from '../../repositories/fission.repository';
import type { AcceptInviteInput } from './accept-invite.request';

/**
 * Hangs a customer under the one who invited him. Both are written, and with them the root of the inviter's tree when the
 * customer brings a tree of his own: so invitations that would only together make a ring are write conflicts. Limits, the one
 * inviter and the tree without rings hold for natural persons under all their customer ids.
 */
@Injectable()
export class AcceptInviteUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly campaigns: FissionCampaigns,
    private readonly members: FissionRepository,
    private readonly book: FissionBook,
    private readonly people: FissionPeople,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws INVITE_NOT_FOUND, CAMPAIGN_NOT_OPEN, INVITE_TO_SELF, INVITER_FIXED, INVITE_CYCLE, INVITE_TREE_TOO_DEEP,
   * INVITE_LIMIT_REACHED, DEVICE_LIMIT_REACHED, REQUEST_ID_REUSED
   */
  async execute({ requestId, ...input }: AcceptInviteInput): Promise<FissionMember> {
    const invite = await this.members.findInvite(input.code);
    if (!invite) throw notFound('INVITE_NOT_FOUND', 'There is no such invitation.');
    return this.mongo.once({ scope: `accept-invite|${input.customerId}`, requestId, input }, async (tx) => {
      // Inside, so that a repeat is answered as the first time although the campaign is over.
      const campaign = await this.campaigns.getOpen(invite.campaignId);
      const now = this.clock.now();
      const { state, persons } = await this.load(invite, input.customerId, tx);
      const accepted = acceptInvite(state, input.customerId, campaign.terms, now);
      requirePersons(persons, state.inviter, campaign.terms);
      await this.book.useDevice(campaign, input, tx);
      // No deed is needed when joining is the condition.
      const noting = { ...accepted, rewardedElsewhere: rewardedElsewhere(persons.ofInviter) };
      const noted = noteDeeds(noting, 0, campaign.terms, now);
      await this.members.save(noted.inviter, false, tx);
      await this.members.save(noted.invitee, !state.invitee, tx);
      const { campaignId, customerId, inviterId } = noted.invitee;
      tx.emit(event(InviteAccepted, customerId, { campaignId, customerId, inviterId, acceptedAt: now }));
      if (noted.isQualified) await this.book.qualify(campaign, noted.invitee, noted.isInviterRewarded, now, tx);
      return noted.invitee;
    });
  }

  private async load(
    invite: { campaignId: string; customerId: string },
    inviteeId: string,
    tx: Transaction,
  ): Promise<{ state: InviteState; persons: InvitePersons }> {
    const inviter = await this.members.get(invite.campaignId, invite.customerId, tx);
    const invitee = await this.members.find(invite.campaignId, inviteeId, tx);
    const persons = await this.people.open(inviter, inviteeId, tx);
    // Who has invited nobody is above nobody.
    const isTree = bringsTree(invitee, persons);
    const ancestorIds = isTree ? await this.people.lockAbove([inviter, ...persons.ofInviter], tx) : [];
    return { state: { inviter, invitee, inviteePersonIds: persons.inviteePersonIds, ancestorIds }, persons };
  }
}
