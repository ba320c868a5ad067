import { addDays } from '../../domain/opening-hours';
import type { Persons } from '@tidegate/persons';
import type { SubsidyPayer, SubsidyRule, TrafficPlan } from './traffic-plan';
import type { Visit } from './visit';

/** Clocks of two services differ by so much at most. */
const CLOCK_DIFFERENCE_MS = 120_000;
const BASIS_POINTS = 10_000n;

/** What earned or lost a merchant something; or the bank, where the merchant pays. */
export interface Subsidy {
  /** Cause and reference: unique, so that nothing is earned twice. */
  subsidyId: string;
  planId: string;
  merchantId: string;
  storeId: string;
  /** Where the customer came: the store, or the outlet's path; empty in those of before it was kept. */
  placeId: string;
  payer: SubsidyPayer;
  /** The merchant's organisation when it was earned, which gave it or was paid: so does it get back what is taken back, or give it
   * back, wherever he belongs then. Empty in those of before it was kept. */
  orgPath: string;
  cause: 'visit' | 'redemption' | 'reversal';
  reference: string;
  amountMinor: number;
  ruleAmountMinor: number;
  currency: string;
  businessDate: string;
  earnedAt: Date;
  /** Of a redemption: its amount, and how much of it was reversed since. */
  redemptionAmountMinor: number;
  reversedAmountMinor: number;
}

/** What a merchant has earned, or was charged, under a plan so far. */
export interface SubsidyTotals {
  totalMinor: number;
  /** By business date (ISO), oldest first: what happens around midnight is told of in any order. */
  days: { day: string; minor: number }[];
}

export const NOTHING_EARNED: SubsidyTotals = { totalMinor: 0, days: [] };

/** Days of one merchant under one plan that are remembered; what is told of an older one finds its limit used up. */
export const DAYS_HELD_MAX = 40;

/** Cause and reference name a subsidy for ever. */
export const subsidyIdOf = (cause: Subsidy['cause'], reference: string): string => `${cause}:${reference}`;

/** A redemption, as far as subsidies care. */
export interface RedemptionFact {
  redemptionId: string;
  customerId: string;
  merchantId: string;
  storeId: string;
  amountMinor: number;
  currency: string;
  redeemedAt: Date;
  businessDate: string;
}

/**
 * What is left of an amount under the merchant's limits, and the totals with it. A subsidy is cut to what is left, to the
 * minor unit.
 */
export function earn(
  ruleAmountMinor: number,
  totals: SubsidyTotals,
  { dailyLimitMinor, totalLimitMinor }: Pick<SubsidyRule, 'dailyLimitMinor' | 'totalLimitMinor'>,
  day: string,
): { amountMinor: number; totals: SubsidyTotals } {
  const dayLeft = dailyLimitMinor === 0 ? ruleAmountMinor : leftOn(totals.days, day, dailyLimitMinor);
  const totalLeft = totalLimitMinor === 0 ? ruleAmountMinor : Math.max(0, totalLimitMinor - totals.totalMinor);
  const amountMinor = Math.min(ruleAmountMinor, dayLeft, totalLeft);
  return {
    amountMinor,
    totals: { totalMinor: totals.totalMinor + amountMinor, days: addOn(totals.days, day, amountMinor) },
  };
}

function leftOn(days: SubsidyTotals['days'], day: string, limitMinor: number): number {
  const found = days.find((each) => each.day === day);
  if (found) return Math.max(0, limitMinor - found.minor);
  const isForgotten = days.length >= DAYS_HELD_MAX && days.every((each) => each.day > day);
  return isForgotten ? 0 : limitMinor;
}

function addOn(days: SubsidyTotals['days'], day: string, amountMinor: number): SubsidyTotals['days'] {
  const index = days.findIndex((each) => each.day === day);
  const found = days[index];
  if (found) return days.with(index, { day, minor: found.minor + amountMinor });
  const kept = [...days, { day, minor: amountMinor }].sort((a, b) => (a.day < b.day ? -1 : 1));
  return kept.slice(-DAYS_HELD_MAX);
}

/** The totals after something earned on `earnedOn` is taken back. */
export function takeBack(totals: SubsidyTotals, amountMinor: number, earnedOn: string): SubsidyTotals {
  return {
    totalMinor: totals.totalMinor - amountMinor,
    days: totals.days.map(({ day, minor }) => ({ day, minor: day === earnedOn ? minor - amountMinor : minor })),
  };
}

/** What the rule gives for a redemption; a share is rounded down. */
export function redemptionSubsidy(rule: SubsidyRule, redemption: { amountMinor: number; currency: string }): number {
  if (rule.currency !== redemption.currency) return 0;
  const share = (BigInt(redemption.amountMinor) * BigInt(rule.redemptionBasisPoints)) / BASIS_POINTS;
  return rule.perRedemptionMinor + Number(share);
}

/** The part of a redemption's subsidy that goes when so much of the redemption is reversed in all; whole when all is. */
export function reversedPart(subsidyMinor: number, redemptionMinor: number, reversedMinor: number): number {
  if (reversedMinor >= redemptionMinor) return subsidyMinor;
  return Number((BigInt(subsidyMinor) * BigInt(reversedMinor)) / BigInt(redemptionMinor));
}

/** The visit a redemption is owed to: the last one of the person at the store that still counts; null for none. */
export function attributedVisit(
  redemption: RedemptionFact,
  visits: readonly Visit[],
  plans: ReadonlyMap<string, TrafficPlan>,
  persons: Persons,
): { visit: Visit; plan: TrafficPlan } | null {
  let last: { visit: Visit; plan: TrafficPlan } | null = null;
  for (const visit of visits) {
    const plan = plans.get(visit.planId);
    if (!plan || visit.direction !== 'app_to_store') continue;
    const isTheirs = persons.isOne(redemption.customerId, visit.customerId) && visit.placeId === redemption.storeId;
    const isBefore = visit.visitedAt.getTime() <= redemption.redeemedAt.getTime() + CLOCK_DIFFERENCE_MS;
    const isInTime = redemption.businessDate <= addDays(visit.businessDate, plan.subsidy.attributionDays);
    if (!isTheirs || !isBefore || !isInTime) continue;
    if (!last || visit.visitedAt > last.visit.visitedAt) last = { visit, plan };
  }
  return last;
}
