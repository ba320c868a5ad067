import type * as rpc from '@tidegate/contracts/benefits/v1/fission';
import { shown } from '../../http/shown';
import { Definition } from './definition.response';
import { OwedReward, Reward } from './reward.response';

/** What an invited customer must do after he has joined. */
export class FissionCondition implements rpc.FissionCondition {
  @shown.text('One of: joined, fact, claim, redemption.') kind!: string;
  @shown.text() factType!: string;
  @shown.whole() countMin!: number;
  @shown.whole() amountMinorMin!: number;
  @shown.text() stockId!: string;
}

export class FissionTerms implements rpc.FissionTerms {
  @shown.text('IANA name.') timeZone!: string;
  @shown.part(() => FissionCondition) condition!: FissionCondition | undefined;
  @shown.whole('How long after joining the condition may be met.') conditionWithinSeconds!: number;
  @shown.part(() => Reward) inviterReward!: Reward | undefined;
  @shown.part(() => Reward) inviteeReward!: Reward | undefined;
  @shown.whole('0 for no limit.') inviteeMaxPerPerson!: number;
  @shown.whole('0 for no limit.') rewardedMaxPerPerson!: number;
  @shown.whole() personMaxPerDevice!: number;
}

/** A fission campaign 裂变活动. */
export class FissionCampaign implements rpc.FissionCampaign {
  @shown.part(() => Definition) definition!: Definition | undefined;
  @shown.part(() => FissionTerms) terms!: FissionTerms | undefined;
}

export class CreateFissionCampaignResponse implements rpc.CreateFissionCampaignResponse {
  @shown.part(() => FissionCampaign) campaign!: FissionCampaign | undefined;
}

export class MoveFissionCampaignResponse implements rpc.MoveFissionCampaignResponse {
  @shown.part(() => FissionCampaign) campaign!: FissionCampaign | undefined;
}

export class ListFissionCampaignsResponse implements rpc.ListFissionCampaignsResponse {
  @shown.parts(() => FissionCampaign) campaigns!: FissionCampaign[];
  @shown.text() nextPageToken!: string;
}

/** A customer in a campaign: a node of the invite tree. */
export class FissionMember implements rpc.FissionMember {
  @shown.text() campaignId!: string;
  @shown.text('Hidden from other customers.') customerId!: string;
  @shown.text('Empty for one who came by himself. Hidden from other customers.') inviterId!: string;
  @shown.text('One of: inviter, joined, qualified, lapsed.') state!: string;
  @shown.whole() inviteeCount!: number;
  @shown.whole() qualifiedCount!: number;
  @shown.whole() rewardedCount!: number;
  @shown.whole() conditionCount!: number;
  @shown.time() joinedAt!: Date | undefined;
  @shown.time() deadlineAt!: Date | undefined;
  @shown.time() qualifiedAt!: Date | undefined;
}

export class CreateInviteResponse implements rpc.CreateInviteResponse {
  @shown.text('The code of the invite link.') code!: string;
  @shown.part(() => FissionMember) member!: FissionMember | undefined;
}

export class AcceptInviteResponse implements rpc.AcceptInviteResponse {
  @shown.part(() => FissionMember) member!: FissionMember | undefined;
}

export class GetFissionProgressResponse implements rpc.GetFissionProgressResponse {
  @shown.part(() => FissionMember) member!: FissionMember | undefined;
  @shown.text('Empty until he has asked for one.') inviteCode!: string;
  @shown.part(() => OwedReward) inviteeReward!: OwedReward | undefined;
}

export class Invitee implements rpc.Invitee {
  @shown.part(() => FissionMember) member!: FissionMember | undefined;
  @shown.part(() => OwedReward, 'What the inviter earned by him.') inviterReward!: OwedReward | undefined;
}

export class ListInviteesResponse implements rpc.ListInviteesResponse {
  @shown.parts(() => Invitee) invitees!: Invitee[];
  @shown.text() nextPageToken!: string;
}

export class GetFissionReportResponse implements rpc.GetFissionReportResponse {
  @shown.text() campaignId!: string;
  @shown.whole('Who came by himself and may invite.') inviterCount!: number;
  @shown.whole() joinedCount!: number;
  @shown.whole() qualifiedCount!: number;
}
