import { BenefitClaimed, BenefitRedeemed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { ExchangeSettled } from '@tidegate/contracts/benefits/v1/exchange_events';
import { FansServiceService } from '@tidegate/contracts/benefits/v1/fans';
import { FissionServiceService } from '@tidegate/contracts/benefits/v1/fission';
import { GrowthServiceService } from '@tidegate/contracts/benefits/v1/growth';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { SharesServiceService } from '@tidegate/contracts/benefits/v1/shares';
import { SharedBenefitClaimed } from '@tidegate/contracts/benefits/v1/shares_events';
import { SignedIn } from '@tidegate/contracts/benefits/v1/sign_in_events';
import { FactRecorded, PersonsChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { VisitCounted, VisitGoalReached } from '@tidegate/contracts/merchants/v1/merchants_events';
import { endsTheSameHoweverTold, FakeClock, told, type ToldEvent } from '@tidegate/testing';
import { aFissionCampaign } from '../fission/testing/fission.factory';
import { aFilter, aGrowthPlan, aMission, aStep } from '../growth/testing/growth.factory';
import { aPointsRule } from '../points/testing/points-rule.factory';
import { aStock } from './stock.factory';
import { startWallet, type WalletFixture } from './wallet.fixture';

const NOW = new FakeClock().now();
const at = (minute: number): Date => new Date(NOW.getTime() + minute * 60_000);
const SHARE_REWARD = { kind: 'points', points: 5, pointsValidMonths: 12, stockId: '' } as const;

const paid = (customerId: string, minute: number, yuan: number): ToldEvent => {
  const data = { amountMinor: yuan * 100, currency: 'CNY', operation: 'card_payment', channel: 'pos' };
  const fact = { factId: `${customerId}-${minute}`, factType: 'transaction', customerId, data };
  return told(FactRecorded, { ...fact, occurredAt: at(minute), acceptedAt: at(minute) });
};
const signedIn = (customerId: string, day: string, streakDays: number): ToldEvent =>
  told(SignedIn, { programmeId: 'p', customerId, day, isMadeUp: false, streakDays, signedInAt: at(1) });
const claimed = (instanceId: string, customerId: string): ToldEvent =>
  told(BenefitClaimed, BenefitClaimed.fromPartial({ instanceId, stockId: 'shared', customerId, claimedAt: at(2) }));
const sharedClaimed = (instanceId: string, customerId: string, shareLinkId: string): ToldEvent =>
  told(SharedBenefitClaimed, { instanceId, customerId, shareLinkId, claimedAt: at(2) });
const redeemed = (redemptionId: string, customerId: string, minute: number): ToldEvent => {
  const what = { redemptionId, stockId: 'shared', customerId, storeId: 'store', amountMinor: 300, currency: 'CNY' };
  return told(BenefitRedeemed, BenefitRedeemed.fromPartial({ redemption: { ...what, redeemedAt: at(minute) } }));
};
const visited = (visitId: string, customerId: string, minute: number): ToldEvent => {
  const visit = { visitId, customerId, placeId: 'store', merchantId: 'm', visitedAt: at(minute) };
  return told(VisitCounted, VisitCounted.fromPartial({ visit }));
};
const goalReached = (reachId: string, customerId: string): ToldEvent =>
  told(VisitGoalReached, VisitGoalReached.fromPartial({ reachId, planId: 'p', customerId, rewardStockId: 'shared' }));
const ofPerson = (customerIds: string[], personKey: string, version: number): ToldEvent =>
  told(PersonsChanged, { profiles: customerIds.map((customerId) => ({ customerId, personKey, version })) });
const exchanged = (exchangeId: string, customerId: string): ToldEvent =>
  told(
    ExchangeSettled,
    ExchangeSettled.fromPartial({ exchange: { exchangeId, customerId, state: 'done', settledAt: at(3) } }),
  );

const story = (linkId: string): ToldEvent[] => [
  // Of nobody below: what a person's profiles come to together is another matter before a join than after it.
  ofPerson(['dan', 'eve'], 'key-dan', 2),
  ofPerson(['eve'], 'key-eve', 3),
  paid('ann', 1, 150),
  paid('ann', 2, 200),
  paid('ben', 3, 40),
  paid('ben', 4, 30),
  signedIn('ann', '2026-03-02', 1),
  exchanged('x-1', 'ann'),
  exchanged('x-2', 'ben'),
  claimed('i-1', 'ben'),
  claimed('i-2', 'cy'),
  sharedClaimed('i-1', 'ben', linkId),
  sharedClaimed('i-2', 'cy', linkId),
  sharedClaimed('i-3', 'sharer', linkId),
  redeemed('r-1', 'ann', 5),
  redeemed('r-2', 'ann', 2_000),
  visited('v-1', 'ann', 4_000),
  visited('v-2', 'ben', 4_000),
  goalReached('g-1', 'fay'),
  goalReached('g-2', 'gus'),
];

/** Rules and customers that what is told bears on; answers the link that the claims came by. */
async function prepare({ service, benefits }: WalletFixture): Promise<string> {
  const checker = { id: 'checker' };
  const approve = (definitionId: string) => ({ requestId: definitionId, definitionId, move: 'approve' });
  await service.client(PointsServiceService).createPointsRule({ requestId: 'rule', rule: aPointsRule() });
  await service.client(PointsServiceService, checker).movePointsRule(approve('card-points'));
  const growth = service.client(GrowthServiceService);
  await growth.createGrowthPlan({ requestId: 'plan', plan: aGrowthPlan() });
  await service.client(GrowthServiceService, checker).moveGrowthPlan(approve('card-growth'));
  const acts = ['transaction', 'sign_in', 'exchange', 'benefit_claimed', 'benefit_redeemed'];
  const steps = acts.map((activityType) => aStep({ name: activityType, filter: aFilter({ activityType }), target: 1 }));
  const missions = [aMission(), aMission({ steps }, { definitionId: 'everything' })];
  for (const mission of missions) {
    await growth.createMission({ requestId: mission.definition.definitionId, mission });
    await service.client(GrowthServiceService, checker).moveMission(approve(mission.definition.definitionId));
  }
  const fission = service.client(FissionServiceService);
  await fission.createFissionCampaign({ requestId: 'campaign', campaign: aFissionCampaign() });
  await service.client(FissionServiceService, checker).moveFissionCampaign(approve('bring-a-friend'));
  const campaignId = 'bring-a-friend';
  const { code } = await fission.createInvite({
    requestId: 'i',
    campaignId,
    customerId: 'ann',
    deviceId: 'device-of-ann',
  });
  await fission.acceptInvite({ requestId: 'a', code, customerId: 'ben', deviceId: 'device-of-ben' });
  const target = {
    kind: 'store',
    targetId: 'store',
    name: 'Store',
    orgPath: 'hq',
    timeZone: 'Asia/Shanghai',
    fanCount: 0,
  };
  await service.client(FansServiceService).putFanTarget({ requestId: 't', target });
  for (const customerId of ['ann', 'ben']) {
    const following = { requestId: customerId, kind: 'store', targetId: 'store', customerId, source: 'qr' };
    await service.client(FansServiceService).follow(following);
  }
  const terms = { linkValidSeconds: 3_600, linksPerCustomerMax: 2, sharerReward: SHARE_REWARD, sharerRewardsMax: 5 };
  const stock = { ...aStock({ stockId: 'shared', isShareable: true, shareTerms: terms }), claimedCount: 0 };
  await benefits.createStock({ requestId: 'shared', stock });
  const shares = service.client(SharesServiceService);
  return (await shares.createShareLink({ requestId: 's', stockId: 'shared', customerId: 'sharer' })).link!.linkId;
}

endsTheSameHoweverTold(
  async () => {
    const wallet = await startWallet();
    const linkId = await prepare(wallet);
    return { service: wallet.service, events: story(linkId), stop: () => wallet.service.stop() };
  },
  {
    leaves: {
      persons: ['person_links'],
      points: ['points_entries'],
      growth: ['growth_accounts', 'mission_progress'],
      fission: ['fission_members'],
      fans: ['fan_days'],
      sharing: ['share_links', 'sharers'],
      'visit-goals': ['owed_rewards'],
    },
    unlike: {
      // The balance when it was booked, and the act that was heard of last.
      points_entries: ['balanceAfter'],
      mission_progress: ['doneAt'],
      // Levels between, when what lifted over them was booked at once.
      growth_accounts: ['benefitLevels'],
    },
    // Counts are only touched here, where two ids of a person may meet; nothing is claimed.
    ignored: ['reminder_cursors', 'counts'],
  },
);
