import { invalid, notFound, refused } from '@tidegate/errors';
import { isAtOrBelow } from '@tidegate/org-path';

export const TRAFFIC_DIRECTIONS = ['app_to_store', 'store_to_outlet', 'outlet_to_app'] as const;
export type TrafficDirection = (typeof TRAFFIC_DIRECTIONS)[number];

/** The place that stands for the bank's app. */
export const APP_PLACE = 'app';

/** So many visits within so many days. */
export interface VisitGoal {
  goalId: string;
  visitCount: number;
  /** Days of the bank's calendar, today included. */
  withinDays: number;
  /** What who reaches it is given; empty for nothing. */
  rewardStockId: string;
}

/** bank: a merchant's organisation of the bank pays him; merchant: he pays it, for customers whom it led to him. */
export const SUBSIDY_PAYERS = ['bank', 'merchant'] as const;
export type SubsidyPayer = (typeof SUBSIDY_PAYERS)[number];

/** What a merchant earns, or pays 反馈补贴, minor units; 0 for none. */
export interface SubsidyRule {
  /** ISO 4217; empty: the plan pays nothing. */
  currency: string;
  perVisitMinor: number;
  perRedemptionMinor: number;
  redemptionBasisPoints: number;
  /** Days after a visit in which a redemption still counts; 0 for the same business day. */
  attributionDays: number;
  /** What one merchant may earn, or has to pay, in a business day and in all; 0 for no limit. */
  dailyLimitMinor: number;
  totalLimitMinor: number;
  payer: SubsidyPayer;
}

/** Who leads customers where, when, and what comes of it 引流计划. */
export interface TrafficPlan {
  planId: string;
  name: string;
  direction: TrafficDirection;
  orgPath: string;
  /** Stores that take part; none: all whose merchant belongs to the organisation. */
  storeIds: string[];
  /** Outlets that take part; none: all of the organisation. */
  outletPaths: string[];
  startsAt: Date;
  endsAt: Date;
  tokenLifeSeconds: number;
  tokenUseLimit: number;
  goals: VisitGoal[];
  subsidy: SubsidyRule;
}

/**
 * A plan as it may be stored. What was earned under it stays comparable: direction never changes, nor do currency and payer once it pays.
 * @throws PLAN_DIRECTION_FIXED, PLAN_CURRENCY_FIXED, PLAN_PAYER_FIXED, VALIDATION_FAILED
 */
export function placePlan(plan: TrafficPlan, existing: TrafficPlan | null): TrafficPlan {
  if (existing && existing.direction !== plan.direction) {
    throw refused('PLAN_DIRECTION_FIXED', 'The direction of a plan stays; make another plan.');
  }
  if (existing?.subsidy.currency && existing.subsidy.currency !== plan.subsidy.currency) {
    throw refused('PLAN_CURRENCY_FIXED', 'The currency of a plan stays; make another plan.');
  }
  if (existing?.subsidy.currency && existing.subsidy.payer !== plan.subsidy.payer) {
    throw refused('PLAN_PAYER_FIXED', 'Who pays under a plan stays; make another plan.');
  }
  const { subsidy, goals, direction } = plan;
  const perRedemption = subsidy.perRedemptionMinor > 0 || subsidy.redemptionBasisPoints > 0;
  const violations = [
    { holds: plan.startsAt < plan.endsAt, field: 'plan.endsAt', description: 'after startsAt' },
    {
      holds: new Set(goals.map(({ goalId }) => goalId)).size === goals.length,
      field: 'plan.goals',
      description: 'goal ids that differ',
    },
    {
      holds: subsidy.currency !== '' || (subsidy.perVisitMinor === 0 && !perRedemption),
      field: 'plan.subsidy.currency',
      description: 'needed when something is paid',
    },
    {
      holds: direction !== 'outlet_to_app' || subsidy.currency === '',
      field: 'plan.subsidy',
      description: 'nothing is paid for outlet_to_app: no merchant takes part',
    },
    {
      holds: direction === 'app_to_store' || !perRedemption,
      field: 'plan.subsidy',
      description: 'redemptions count for app_to_store only',
    },
    {
      holds: direction === 'app_to_store' || subsidy.payer === 'bank',
      field: 'plan.subsidy.payer',
      description: 'a merchant pays for app_to_store only: elsewhere nobody is led to him',
    },
    {
      holds: direction !== 'outlet_to_app' || plan.storeIds.length === 0,
      field: 'plan.storeIds',
      description: 'no store takes part in outlet_to_app',
    },
    {
      holds: direction !== 'app_to_store' || plan.outletPaths.length === 0,
      field: 'plan.outletPaths',
      description: 'no outlet takes part in app_to_store',
    },
  ].flatMap(({ holds, ...violation }) => (holds ? [] : [violation]));
  if (violations.length > 0) throw invalid(violations);
  return plan;
}

/** @throws PLAN_NOT_RUNNING before it starts and after it ended */
export function requireRunning(plan: TrafficPlan, now: Date): void {
  if (now >= plan.startsAt && now < plan.endsAt) return;
  throw refused('PLAN_NOT_RUNNING', 'The plan is not running now.', {
    startsAt: plan.startsAt.toISOString(),
    endsAt: plan.endsAt.toISOString(),
  });
}

/**
 * What a store earns is paid by its merchant's organisation, so a plan that names no stores takes in those of its own organisation alone.
 * @throws PLACE_NOT_IN_PLAN when it is not named, or none is and its merchant is not of the plan's organisation
 */
export function requireStoreInPlan(plan: TrafficPlan, storeId: string, merchantPath: string): void {
  const isIn = plan.storeIds.length > 0 ? plan.storeIds.includes(storeId) : isAtOrBelow(merchantPath, plan.orgPath);
  if (!isIn) throw placeNotInPlan();
}

/**
 * What a store earns is paid by its merchant's organisation, so a merchant does not move out of the reach of whoever made a plan that
 * pays and goes on: it would spend the money of others.
 * @param plans those that name a store of his
 * @throws MERCHANT_IN_PLAN (metadata.planId)
 */
export function requireLeftAlone(plans: readonly TrafficPlan[], orgPath: string, now: Date): void {
  const holding = plans.find((plan) => plan.endsAt > now && pays(plan) && !isAtOrBelow(orgPath, plan.orgPath));
  if (!holding) return;
  const message =
    'A traffic plan of another organisation pays at a store of the merchant: let it end, or take the store out.';
  throw refused('MERCHANT_IN_PLAN', message, { planId: holding.planId });
}

const pays = ({ subsidy }: TrafficPlan): boolean =>
  subsidy.perVisitMinor > 0 || subsidy.perRedemptionMinor > 0 || subsidy.redemptionBasisPoints > 0;

/** Whether any store of a merchant takes part; of his stores those suffice that a plan names. */
export function hasPartIn(plan: TrafficPlan, merchant: { orgPath: string; storeIds: ReadonlySet<string> }): boolean {
  if (plan.direction === 'outlet_to_app') return false;
  if (plan.storeIds.length === 0) return isAtOrBelow(merchant.orgPath, plan.orgPath);
  return plan.storeIds.some((storeId) => merchant.storeIds.has(storeId));
}

/** @throws PLACE_NOT_IN_PLAN when it is not named, or not of the plan's organisation */
export function requireOutletInPlan(plan: TrafficPlan, outletPath: string): void {
  const isNamed = plan.outletPaths.length === 0 || plan.outletPaths.includes(outletPath);
  if (!isNamed || !isAtOrBelow(outletPath, plan.orgPath)) throw placeNotInPlan();
}

export const planNotFound = () => notFound('PLAN_NOT_FOUND', 'No such traffic plan.');
export const placeNotInPlan = () => refused('PLACE_NOT_IN_PLAN', 'This place has no part in the plan.');
