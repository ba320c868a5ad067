import { field } from '../../http/field';

const AMOUNT_MINOR_MAX = 1_000_000_000_00;
const SECONDS_MAX = 5 * 365 * 24 * 3_600;

/** Who pays for a redeemed benefit; the shares add up to 10000. */
export class CostShareBody {
  @field.oneOf(['bank', 'merchant', 'third_party'])
  funder!: string;

  @field.text({
    optional: true,
    max: 256,
    description:
      'Of bank a unit of the own organisation that there is; of merchant an active one; left out: the redeeming one.',
  })
  partyId?: string;

  @field.whole({ min: 1, max: 10_000 })
  basisPoints!: number;
}

const BENEFIT_KINDS = [
  'red_packet',
  'amount_discount',
  'percent_discount',
  'physical_gift',
  'points',
  'third_party_code',
  'bundle',
] as const;

const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

const TO = 'Before this minute; before `from` it means the next morning, which counts to the day before.';

/** When a benefit may be used, in the stock's zone. */
export class RedeemWindowBody {
  @field.wholes({
    optional: true,
    maxCount: 7,
    min: 1,
    max: 7,
    description: 'ISO weekdays, 1 is Monday; all when left out.',
  })
  weekdays?: number[];

  @field.text({ optional: true, max: 5, pattern: CLOCK_TIME, example: '09:00' })
  from?: string;

  @field.text({ optional: true, max: 5, pattern: CLOCK_TIME, example: '21:00', description: TO })
  to?: string;

  @field.whole({
    optional: true,
    max: 366,
    description: 'Whole days after the first claim, fewer than it is valid for; a gift starts none anew.',
  })
  afterDays?: number;

  @field.texts({ optional: true, maxCount: 366, max: 10, description: 'YYYY-MM-DD, real dates.' })
  blockedDates?: string[];
}

export class StockStateBody {
  @field.oneOf(['open', 'paused', 'closed'])
  state!: string;
}

export class PersonBody {
  @field.text({ max: 64, description: 'The natural person that the customer id belongs to.' })
  personId!: string;
}

/** A reward for a sharer. */
export class SharerRewardBody {
  @field.oneOf(['points', 'benefit'])
  kind!: string;

  @field.whole({ optional: true, description: 'For points: how many.' })
  points?: number;

  @field.whole({
    optional: true,
    max: 120,
    description: 'For points: they live to the end of the month so many months on.',
  })
  pointsValidMonths?: number;

  @field.text({ optional: true, max: 64, description: 'For a benefit: the stock it is taken from.' })
  stockId?: string;
}

/** How a stock may be shared 分享. */
export class ShareTermsBody {
  @field.whole({ min: 60, max: SECONDS_MAX })
  linkValidSeconds!: number;

  @field.whole({ min: 1, max: 1_000 })
  linksPerCustomerMax!: number;

  @field.part(() => SharerRewardBody, { optional: true, description: 'What the sharer earns for each new claimer.' })
  sharerReward?: SharerRewardBody;

  @field.whole({ optional: true, max: 10_000, description: 'Rewards of one sharer at most; with sharerReward only.' })
  sharerRewardsMax?: number;
}

const THRESHOLD =
  'Smallest order amount; 0 for none. It and merchantIds, storeIds, outletPaths are for what tills redeem: not for points, third_party_code and bundle.';

/** A stock 批次: what is given, how many, to whom, when, and who pays. */
export class StockBody {
  @field.text({ optional: true, max: 64, description: 'kebab-case; the platform gives one when left out.' })
  stockId?: string;

  @field.text({ max: 100, description: 'Customers read it: it must make no forbidden promise 禁止性承诺.' })
  name!: string;

  @field.oneOf(BENEFIT_KINDS)
  kind!: string;

  @field.whole({ min: 1, max: AMOUNT_MINOR_MAX })
  faceValueMinor!: number;

  @field.text({ min: 3, max: 3, pattern: /^[A-Z]{3}$/, example: 'CNY', description: 'ISO 4217.' })
  currency!: string;

  @field.whole({ optional: true, max: AMOUNT_MINOR_MAX, description: THRESHOLD })
  thresholdMinor?: number;

  @field.whole({ min: 1 })
  totalLimit!: number;

  @field.whole({ optional: true, description: '0 for none; the day is the calendar day in timeZone.' })
  dailyLimit?: number;

  @field.whole({ optional: true, description: '0 for none.' })
  perCustomerLimit?: number;

  @field.whole({ optional: true, description: 'Over all customer ids of one natural person; 0 for none.' })
  naturalPersonLimit?: number;

  @field.whole({
    optional: true,
    max: Number.MAX_SAFE_INTEGER,
    description: 'Most that may be promised in all; 0 for none.',
  })
  budgetMinor?: number;

  @field.time()
  claimStartsAt!: Date;

  @field.time()
  claimEndsAt!: Date;

  @field.whole({ min: 1, max: SECONDS_MAX, description: 'How long a benefit lives after its claim.' })
  validForSeconds!: number;

  @field.flag({ optional: true })
  isTransferable?: boolean;

  @field.texts({
    optional: true,
    maxCount: 1_000,
    max: 64,
    description: 'Merchants that may redeem it; all when left out.',
  })
  merchantIds?: string[];

  @field.texts({
    optional: true,
    maxCount: 1_000,
    max: 64,
    description: 'Stores that may redeem it; all when left out.',
  })
  storeIds?: string[];

  @field.texts({
    optional: true,
    maxCount: 1_000,
    max: 256,
    description: 'Outlets 网点 whose stores may redeem it, or organisations above them; all when left out.',
  })
  outletPaths?: string[];

  @field.part(() => RedeemWindowBody, {
    optional: true,
    description: 'Any time when left out; not for points and bundle, which are used up with their claim.',
  })
  redeemWindow?: RedeemWindowBody;

  @field.whole({ optional: true, max: 10_000, description: 'Of percent_discount: the share of the sale.' })
  percentBasisPoints?: number;

  @field.text({ optional: true, max: 64, description: 'Of third_party_code: the pool of its codes.' })
  poolId?: string;

  @field.texts({ optional: true, maxCount: 20, max: 64, description: 'Of bundle: the stocks it is made of.' })
  bundleStockIds?: string[];

  @field.flag({ optional: true, description: 'Of bundle: all parts or nothing.' })
  isBundleWhole?: boolean;

  @field.wholes({
    optional: true,
    maxCount: 5,
    min: 1,
    max: 30,
    description: 'Days before a benefit expires on which its holder is reminded: of 1, 3, 7, 14, 30; 3 when left out.',
  })
  reminderLeadDays?: number[];

  @field.whole({
    optional: true,
    max: 64,
    description:
      'Shards 分片 that the units of a flash sale are counted in; no more than a daily limit or a budget has units.',
  })
  shardCount?: number;

  @field.flag({ optional: true, description: 'Customers may pass on links by which others claim one of their own.' })
  isShareable?: boolean;

  @field.part(() => ShareTermsBody, {
    optional: true,
    description: 'Of what is shareable; links of 7 days, 20 for each customer, without a reward, when left out.',
  })
  shareTerms?: ShareTermsBody;

  @field.whole({
    optional: true,
    min: 60,
    max: 604_800,
    description:
      'How long a phone makes codes from one seed 核销种子 without a network; the deployment’s time when left out.',
  })
  codeSeedSeconds?: number;

  @field.parts(() => CostShareBody, { minCount: 1, maxCount: 10 })
  costShares!: CostShareBody[];

  @field.text({ max: 256, example: 'hq' })
  orgPath!: string;

  @field.text({ max: 64, example: 'Asia/Shanghai', description: 'IANA name, for daily limits.' })
  timeZone!: string;
}
