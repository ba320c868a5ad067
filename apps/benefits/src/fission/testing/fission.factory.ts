import type { Definition } from '../../definitions/domain/definition';
import { aDefinition } from '../../definitions/testing/definition.factory';
import type { FissionCampaign, FissionTerms } from '../domain/fission-campaign';

/** Ten points to the inviter and five to the invited one when he has made a card transaction within a week. */
export const aFissionCampaign = (
  terms: Partial<FissionTerms> = {},
  definition: Partial<Definition> = {},
): FissionCampaign => ({
  definition: aDefinition({ definitionId: 'bring-a-friend', name: 'Bring a friend 邀请有礼', ...definition }),
  terms: {
    timeZone: 'Asia/Shanghai',
    condition: { kind: 'fact', factType: 'transaction', countMin: 1, amountMinorMin: 0, stockId: '' },
    conditionWithinSeconds: 7 * 24 * 3600,
    inviterReward: { kind: 'points', points: 10, pointsValidMonths: 12, stockId: '' },
    inviteeReward: { kind: 'points', points: 5, pointsValidMonths: 12, stockId: '' },
    inviteeMaxPerPerson: 0,
    rewardedMaxPerPerson: 0,
    personMaxPerDevice: 1,
    ...terms,
  },
});
