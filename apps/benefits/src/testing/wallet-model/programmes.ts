import type { Definition } from '../../definitions/domain/definition';
import { importCodes, putPool } from '../../code-pools/testing/code-pools.fixture';
import { aBenefit, anExchangeOffer, somePoints } from '../../exchange/testing/exchange.factory';
import { aFissionCampaign } from '../../fission/testing/fission.factory';
import type { HuntPoint } from '../../hunts/domain/hunt';
import { aHunt, aPoint } from '../../hunts/testing/hunt.factory';
import { aPointsRule } from '../../points/testing/points-rule.factory';
import { aSignInProgramme } from '../../sign-in/testing/sign-in.factory';
import type { WalletFixture } from '../wallet.fixture';
import type { WalletClients } from './clients';
import { COFFEE, EXCHANGES_PER_DAY, PAID, PRICE } from './model-exchange';
import { EARNED_MAX_PER_DAY, POINTS_PER_STEP, STEP_MINOR, VALID_MONTHS } from './model-points';
import { GUESTS_MAX, REWARDED_GUESTS_MAX } from './model-friends';
import { FOUND_PER_DAY, FOUND_POINTS, HUNT_POINTS, SPEED_MAX } from './model-hunt';
import { CAKE } from './model-rewards';
import { CARDS_PER_MONTH, MAKE_UP_DAYS_MAX, STREAK_POINTS, CYCLE_DAYS } from './model-sign-in';
import { CODE_POOL, commonStocks, realStock } from './model-stocks';

export const PROGRAMME = 'model-sign-in';
export const HUNT = 'model-hunt';
export const FRIENDS = 'model-friends';
export const OFFERS = { buy: 'model-buy', sell: 'model-sell' } as const;

const always: Partial<Definition> = { validFrom: new Date('2020-01-01Z'), validTo: new Date('2200-01-01Z') };
const cake = { kind: 'benefit', points: 0, pointsValidMonths: 0, stockId: CAKE };
const points = (amount: number) => ({ kind: 'points', points: amount, pointsValidMonths: VALID_MONTHS, stockId: '' });

const METRES_PER_DEGREE = 111_195.08;

/** A point of the hunt as the service has it. */
export function huntPoint(pointId: string): HuntPoint {
  const metres = HUNT_POINTS[pointId as keyof typeof HUNT_POINTS];
  const latitude = aPoint().latitude + metres / METRES_PER_DEGREE;
  return aPoint({ pointId, latitude, reward: pointId === 'pier' ? cake : points(FOUND_POINTS) });
}

/** Codes for so many vouchers more, whose texts begin with a word that no others do. */
export async function addCodes({ pools }: WalletClients, word: string, count: number): Promise<void> {
  const codes = Array.from({ length: count }, (_, index) => `${word}-${index}`);
  await importCodes(pools, CODE_POOL, ['code', ...codes].join('\n'), { chunkBytes: 100_000 });
}

/** Makes and approves what all sequences play by. */
export async function defineProgrammes(
  { clock }: WalletFixture,
  maker: WalletClients,
  checker: WalletClients,
): Promise<void> {
  const now = clock.now().getTime();
  for (const [stockId, stock] of Object.entries(commonStocks(now))) {
    const common = realStock(stock, { stockId, run: 'all', now, parts: [] });
    await maker.benefits.createStock({ requestId: stockId, stock: { ...common, claimedCount: 0 } });
  }
  await putPool(maker.pools, CODE_POOL);

  const approve = (definitionId: string) => ({ requestId: definitionId, definitionId, move: 'approve' });
  const rule = aPointsRule(
    {
      stepAmountMinor: STEP_MINOR,
      pointsPerStep: POINTS_PER_STEP,
      pointsMaxPerDay: EARNED_MAX_PER_DAY,
      validMonths: VALID_MONTHS,
    },
    { definitionId: 'model-rule', ...always },
  );
  await maker.points.createPointsRule({ requestId: 'model-rule', rule });
  await checker.points.movePointsRule(approve('model-rule'));

  const got = { ...somePoints(PAID), pointsValidMonths: VALID_MONTHS };
  const sides = {
    buy: { give: somePoints(PRICE), get: aBenefit(COFFEE) },
    sell: { give: aBenefit(COFFEE), get: got },
  };
  for (const [name, definitionId] of Object.entries(OFFERS)) {
    const terms = { ...sides[name as keyof typeof OFFERS], dailyLimitPerCustomer: EXCHANGES_PER_DAY };
    const offer = anExchangeOffer(terms, { definitionId, ...always });
    await maker.exchanges.createExchangeOffer({ requestId: definitionId, offer });
    await checker.exchanges.moveExchangeOffer(approve(definitionId));
  }

  const card = { kind: 'make_up_card', points: 0, pointsValidMonths: 0, stockId: '' };
  const streakRewards = [points(STREAK_POINTS), cake, card].map((reward, index) => ({ streakDay: index + 1, reward }));
  const terms = {
    cycleDays: CYCLE_DAYS,
    streakRewards,
    cardsPerMonth: CARDS_PER_MONTH,
    makeUpDaysMax: MAKE_UP_DAYS_MAX,
  };
  const programme = aSignInProgramme(terms, { definitionId: PROGRAMME, ...always });
  await maker.signIns.createSignInProgramme({ requestId: PROGRAMME, programme });
  await checker.signIns.moveSignInProgramme(approve(PROGRAMME));

  const huntTerms = {
    points: Object.keys(HUNT_POINTS).map(huntPoint),
    foundMaxPerCustomerPerDay: FOUND_PER_DAY,
    speedMetresPerSecondMax: SPEED_MAX,
  };
  const hunt = aHunt(huntTerms, { definitionId: HUNT, ...always });
  await maker.hunts.createHunt({ requestId: HUNT, hunt });
  await checker.hunts.moveHunt(approve(HUNT));

  const joined = { kind: 'joined' as const, factType: '', countMin: 1, amountMinorMin: 0, stockId: '' };
  const rewards = { inviterReward: cake, inviteeReward: points(FOUND_POINTS) };
  const limits = { inviteeMaxPerPerson: GUESTS_MAX, rewardedMaxPerPerson: REWARDED_GUESTS_MAX };
  const campaign = aFissionCampaign({ condition: joined, ...rewards, ...limits }, { definitionId: FRIENDS, ...always });
  await maker.fission.createFissionCampaign({ requestId: FRIENDS, campaign });
  await checker.fission.moveFissionCampaign(approve(FRIENDS));
}
