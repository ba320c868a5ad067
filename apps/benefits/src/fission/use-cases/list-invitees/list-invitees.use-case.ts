import { Injectable } from '@nestjs/common';
import { PageSeal } from '@tidegate/encryption';
import { decodeTimeToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { ServiceEnv } from '@tidegate/service';
import type { OwedReward } from '../../../granting/domain/owed-reward';
import { OwedRewardRepository } from '../../../granting/repositories/owed-reward.repository';
import type { FissionMember } from '../../domain/fission-member';
import { rewardIdOf } from '../../domain/fission-reward';
import { FissionCampaigns } from '../../fission-campaigns';
import { FissionRepository } from '../../repositories/fission.repository';
import type { ListInviteesInput } from './list-invitees.request';

export interface Invitee {
  member: FissionMember;
  /** What the inviter earned by him. */
  inviterReward: OwedReward | undefined;
}

/** Whom a customer has invited himself: one level of the invite tree. */
@Injectable()
export class ListInviteesUseCase {
  /** Pages go by the invited customer's id, which the inviter is not told. */
  private readonly tokens: PageSeal;

  constructor(
    private readonly campaigns: FissionCampaigns,
    private readonly members: FissionRepository,
    private readonly rewards: OwedRewardRepository,
    env: ServiceEnv,
  ) {
    this.tokens = new PageSeal(env.keys.codeSigning);
  }

  /** @throws MEMBER_NOT_FOUND, DEFINITION_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(actor: Actor, input: ListInviteesInput): Promise<{ invitees: Invitee[]; nextPageToken: string }> {
    await this.campaigns.requireVisible(actor, input.campaignId);
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const token = decodeTimeToken(this.tokens.open(input.pageToken));
    const after = token && { joinedAt: token.at, customerId: token.id };
    const inviter = await this.members.get(input.campaignId, input.customerId);
    const members = await this.members.listInvitees(inviter, limit, after);
    const rewardId = (member: FissionMember): string => rewardIdOf(member.campaignId, member.customerId, 'inviter');
    const rewards = await this.rewards.findMany(members.map(rewardId));
    const last = members.length === limit ? members.at(-1) : undefined;
    return {
      invitees: members.map((member) => ({ member, inviterReward: rewards.get(rewardId(member)) })),
      nextPageToken: last ? this.tokens.seal([last.joinedAt.toISOString(), last.customerId]) : '',
    };
  }
}
