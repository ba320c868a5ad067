import { createHash } from 'node:crypto';
import { oweReward, type OwedReward } from '../../granting/domain/owed-reward';
import { toReward } from '../../granting/domain/reward-terms';
import type { FissionCampaign } from './fission-campaign';
import type { FissionMember } from './fission-member';

/**
 * Names what an invited customer, or his inviter for him, has earned: a customer qualifies once in a campaign. The inviter sees
 * the name, so it does not say who was invited.
 */
export function rewardIdOf(campaignId: string, inviteeId: string, side: 'inviter' | 'invitee'): string {
  const invitation = createHash('sha256')
    .update(JSON.stringify([campaignId, inviteeId]))
    .digest('base64url');
  return `fission|${invitation.slice(0, 24)}|${side}`;
}

/** What a qualified invitation earns on both sides. */
export function rewardsOf(
  { definition, terms }: FissionCampaign,
  invitee: FissionMember,
  isInviterRewarded: boolean,
  now: Date,
): OwedReward[] {
  const place = { orgPath: definition.orgPath, timeZone: terms.timeZone };
  const sides = [
    { side: 'invitee', customerId: invitee.customerId, reward: terms.inviteeReward },
    { side: 'inviter', customerId: invitee.inviterId, reward: isInviterRewarded ? terms.inviterReward : undefined },
  ] as const;
  return sides.flatMap(({ side, customerId, reward }) =>
    reward
      ? oweReward(
          {
            rewardId: rewardIdOf(invitee.campaignId, invitee.customerId, side),
            customerId,
            reward: toReward(reward, place),
            cause: 'fission',
            reference: invitee.campaignId,
          },
          now,
        )
      : [],
  );
}
