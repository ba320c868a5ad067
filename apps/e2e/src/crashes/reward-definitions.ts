import { ExchangeOffer, ExchangeServiceService } from '@tidegate/contracts/benefits/v1/exchange';
import { FissionCampaign, FissionServiceService } from '@tidegate/contracts/benefits/v1/fission';
import { GrowthPlan, GrowthServiceService, Mission } from '@tidegate/contracts/benefits/v1/growth';
import { Hunt, HuntsServiceService } from '@tidegate/contracts/benefits/v1/hunts';
import { PointsRule, PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { SignInProgramme, SignInServiceService } from '@tidegate/contracts/benefits/v1/sign_in';
import type { GrpcService } from '@tidegate/grpc';
import type { TestPlatform } from '../testing/test-platform';
import { careful } from './crash-flow';

const timeZone = 'Asia/Shanghai';
const DAY_MS = 86_400_000;

export const PARKING = 'crash-parking';
/** None of it is left. */
export const GONE = 'crash-gone';
/** What one card payment of 100.00 brings: by the rule, by the level it lifts to and that level's month, by the mission it ends. */
export const EARNED = { rule: 100, level: 20, month: 7, mission: 10 };
export const PAID = EARNED.rule + EARNED.level + EARNED.month + EARNED.mission;
/** Of the growth plan, and of its level that has benefits. */
export const SILVER = { planId: 'crash-plan', level: 2 };
export const PARKING_POINTS = 50;
export const SIGN_IN_POINTS = 5;
export const HUNT_POINTS = 8;
export const TREASURE = { pointId: 'bund', longitude: 121.4903, latitude: 31.2397 };
export const INVITE_POINTS = { inviter: 10, invitee: 5 };

const definition = (definitionId: string) => ({
  definitionId,
  name: definitionId,
  orgPath: 'hq',
  validFrom: new Date(Date.now() - DAY_MS),
  validTo: new Date(Date.now() + 30 * DAY_MS),
});
const points = (amount: number) => ({ kind: 'points', points: amount, pointsValidMonths: 12 });
const payment = { activityType: 'transaction' };

/** Makes and approves what rewards the customers of the flows. */
export async function defineRewards(platform: TestPlatform): Promise<void> {
  const of = async <S extends GrpcService>(service: S) => ({
    maker: careful(await platform.client('benefits', service, 20_000, 'maker')),
    checker: careful(await platform.client('benefits', service, 20_000)),
  });
  const approve = (definitionId: string) => ({ requestId: definitionId, definitionId, move: 'approve' });

  const rules = await of(PointsServiceService);
  const rule = PointsRule.fromPartial({
    definition: definition('crash-rule'),
    terms: { currency: 'CNY', stepAmountMinor: 100, pointsPerStep: 1, validMonths: 12, timeZone },
  });
  await rules.maker.createPointsRule({ requestId: 'crash-rule', rule });
  await rules.checker.movePointsRule(approve('crash-rule'));

  const growth = await of(GrowthServiceService);
  const plan = GrowthPlan.fromPartial({
    definition: definition(SILVER.planId),
    terms: {
      timeZone,
      windowMonths: 3,
      graceDays: 7,
      sources: [{ filter: payment, growth: 1, stepAmountMinor: 100 }],
      levels: [
        { name: 'Member' },
        {
          name: 'Silver',
          upGrowth: 100,
          keepGrowth: 50,
          benefits: [
            { reward: points(EARNED.level), every: 'once' },
            { reward: points(EARNED.month), every: 'month' },
          ],
        },
      ],
    },
  });
  await growth.maker.createGrowthPlan({ requestId: SILVER.planId, plan });
  await growth.checker.moveGrowthPlan(approve(SILVER.planId));
  const steps = [{ name: 'Pay', filter: payment, measure: 'count', target: 1 }];
  const mission = Mission.fromPartial({
    definition: definition('crash-mission'),
    terms: { timeZone, period: 'once', steps, rewards: [points(EARNED.mission)] },
  });
  await growth.maker.createMission({ requestId: 'crash-mission', mission });
  await growth.checker.moveMission(approve('crash-mission'));

  const exchanges = await of(ExchangeServiceService);
  const give = { kind: 'points', points: PARKING_POINTS };
  for (const [definitionId, stockId] of [
    ['crash-offer', PARKING],
    ['crash-gone', GONE],
  ] as const) {
    const terms = { timeZone, give, get: { kind: 'benefit', stockId } };
    const offer = ExchangeOffer.fromPartial({ definition: definition(definitionId), terms });
    await exchanges.maker.createExchangeOffer({ requestId: definitionId, offer });
    await exchanges.checker.moveExchangeOffer(approve(definitionId));
  }

  const signIns = await of(SignInServiceService);
  const programme = SignInProgramme.fromPartial({
    definition: definition('crash-sign-in'),
    terms: { timeZone, cycleDays: 7, streakRewards: [{ streakDay: 1, reward: points(SIGN_IN_POINTS) }] },
  });
  await signIns.maker.createSignInProgramme({ requestId: 'crash-sign-in', programme });
  await signIns.checker.moveSignInProgramme(approve('crash-sign-in'));

  const hunts = await of(HuntsServiceService);
  const hunt = Hunt.fromPartial({
    definition: definition('crash-hunt'),
    terms: {
      timeZone,
      points: [{ ...TREASURE, name: 'The Bund', radiusMetres: 50, reward: points(HUNT_POINTS) }],
      accuracyMetresMax: 30,
      positionAgeSecondsMax: 600,
      speedMetresPerSecondMax: 50,
    },
  });
  await hunts.maker.createHunt({ requestId: 'crash-hunt', hunt });
  await hunts.checker.moveHunt(approve('crash-hunt'));

  const fission = await of(FissionServiceService);
  const campaign = FissionCampaign.fromPartial({
    definition: definition('crash-invites'),
    terms: {
      timeZone,
      condition: { kind: 'fact', factType: 'transaction', countMin: 1 },
      conditionWithinSeconds: 86_400,
      inviterReward: points(INVITE_POINTS.inviter),
      inviteeReward: points(INVITE_POINTS.invitee),
      personMaxPerDevice: 1,
    },
  });
  await fission.maker.createFissionCampaign({ requestId: 'crash-invites', campaign });
  await fission.checker.moveFissionCampaign(approve('crash-invites'));
}
