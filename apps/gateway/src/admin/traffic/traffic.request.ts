import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

const AMOUNT_MAX = 1_000_000_000_000;

export class VisitGoalBody {
  @field.text({ max: 64 })
  goalId!: string;

  @field.whole({ min: 1, max: 100 })
  visitCount!: number;

  @field.whole({ min: 1, max: 366, description: 'Days of the bank’s calendar, today included.' })
  withinDays!: number;

  @field.text({ optional: true, max: 64, description: 'The stock 批次 that who reaches it is given.' })
  rewardStockId?: string;
}

export class SubsidyRuleBody {
  @field.text({ pattern: /^[A-Z]{3}$/, example: 'CNY', max: 3, description: 'ISO 4217.' })
  currency!: string;

  @field.whole({ optional: true, max: AMOUNT_MAX, description: 'For each counted visit.' })
  perVisitMinor?: number;

  @field.whole({ optional: true, max: AMOUNT_MAX, description: 'For each redemption by who was led to the store.' })
  perRedemptionMinor?: number;

  @field.whole({ optional: true, max: 10_000, description: 'The same, as a share of the redeemed amount.' })
  redemptionBasisPoints?: number;

  @field.whole({ optional: true, max: 90, description: 'How many days after a visit a redemption still counts.' })
  attributionDays?: number;

  @field.oneOf(['bank', 'merchant'], {
    optional: true,
    description: 'merchant: he pays the bank for customers led to his stores (app_to_store); usually bank.',
  })
  payer?: string;

  @field.whole({ optional: true, max: AMOUNT_MAX, description: 'What a merchant may earn in a day; 0 for no limit.' })
  dailyLimitMinor?: number;

  @field.whole({ optional: true, max: AMOUNT_MAX, description: 'What a merchant may earn in all; 0 for no limit.' })
  totalLimitMinor?: number;
}

/** Who leads customers where, when, and what comes of it. */
export class TrafficPlanBody {
  @field.text({ max: 100 })
  name!: string;

  @field.oneOf(['app_to_store', 'store_to_outlet', 'outlet_to_app'])
  direction!: string;

  @field.text({ max: 256, example: 'hq' })
  orgPath!: string;

  @field.texts({ optional: true, max: 64, description: 'Stores that take part; all of the organisation without.' })
  storeIds?: string[];

  @field.texts({ optional: true, max: 256, description: 'Outlets that take part; all of the organisation without.' })
  outletPaths?: string[];

  @field.time()
  startsAt!: Date;

  @field.time()
  endsAt!: Date;

  @field.whole({ min: 60, max: 31_622_400 })
  tokenLifeSeconds!: number;

  @field.whole({
    min: 1,
    max: 1_000_000,
    description: 'Customers who may come with one token of a store or an outlet.',
  })
  tokenUseLimit!: number;

  @field.parts(() => VisitGoalBody, { optional: true, maxCount: 20 })
  goals?: VisitGoalBody[];

  @field.part(() => SubsidyRuleBody, { optional: true, description: 'What merchants earn; nothing without.' })
  subsidy?: SubsidyRuleBody;
}

export class VisitsQuery extends PageQuery {
  @queryField.text({ max: 64, description: 'Visits of this plan; either this or merchantId.' })
  planId?: string;

  @queryField.text({ max: 64, description: 'Visits that this merchant’s stores had a part in.' })
  merchantId?: string;
}
