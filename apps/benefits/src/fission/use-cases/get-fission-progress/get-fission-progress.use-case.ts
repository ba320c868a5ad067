import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import type { OwedReward } from '../../../granting/domain/owed-reward';
import { OwedRewardRepository } from '../../../granting/repositories/owed-reward.repository';
import { inviteCode, type FissionMember } from '../../domain/fission-member';
import { rewardIdOf } from '../../domain/fission-reward';
import { FissionCampaigns } from '../../fission-campaigns';
import { FissionBook } from '../../repositories/fission-book';
import { FissionRepository } from '../../repositories/fission.repository';
import type { MemberInput } from './get-fission-progress.request';

/** How far a customer is in a campaign, as inviter and as invited one. */
@Injectable()
export class GetFissionProgressUseCase {
  constructor(
    private readonly campaigns: FissionCampaigns,
    private readonly members: FissionRepository,
    private readonly book: FissionBook,
    private readonly rewards: OwedRewardRepository,
  ) {}

  /** @throws MEMBER_NOT_FOUND, DEFINITION_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(
    actor: Actor,
    { campaignId, customerId }: MemberInput,
  ): Promise<{ member: FissionMember; inviteCode: string; inviteeReward: OwedReward | undefined }> {
    await this.campaigns.requireVisible(actor, campaignId);
    const member = await this.members.get(campaignId, customerId);
    const code = inviteCode(campaignId, customerId, this.book.key);
    const rewardId = rewardIdOf(campaignId, customerId, 'invitee');
    return {
      member,
      inviteCode: (await this.members.findInvite(code)) ? code : '',
      inviteeReward: (await this.rewards.findMany([rewardId])).get(rewardId),
    };
  }
}
