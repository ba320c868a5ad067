import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { inviteCode, newMember, type FissionMember } from '../../domain/fission-member';
import { FissionCampaigns } from '../../fission-campaigns';
import { FissionBook } from '../../repositories/fission-book';
import { FissionRepository } from '../../repositories/fission.repository';
import type { CreateInviteInput } from './create-invite.request';

/** Gives a customer his invite code of a campaign; who takes no part yet comes by himself. */
@Injectable()
export class CreateInviteUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly campaigns: FissionCampaigns,
    private readonly members: FissionRepository,
    private readonly book: FissionBook,
    private readonly clock: Clock,
  ) {}

  /** @throws CAMPAIGN_NOT_OPEN, DEVICE_LIMIT_REACHED, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: CreateInviteInput): Promise<{ code: string; member: FissionMember }> {
    const { campaignId, customerId } = input;
    return this.mongo.once({ scope: `create-invite|${customerId}`, requestId, input }, async (tx) => {
      // Inside, so that a repeat is answered as the first time although the campaign is over.
      const campaign = await this.campaigns.getOpen(campaignId);
      const held = await this.members.find(campaignId, customerId, tx);
      const member = held ?? newMember(campaignId, customerId, this.clock.now());
      await this.book.useDevice(campaign, input, tx);
      const code = inviteCode(campaignId, customerId, this.book.key);
      if (!held) await this.members.save(member, true, tx);
      await this.members.addInvite(code, { campaignId, customerId }, tx);
      return { code, member };
    });
  }
}
