import type { TrafficDirection } from './traffic-plan';

/** A customer who was led somewhere and came, counted once. */
export interface Visit {
  visitId: string;
  planId: string;
  direction: TrafficDirection;
  customerId: string;
  /** "app", a store or an outlet's path. */
  sourceId: string;
  /** A store, an outlet's path or "app". */
  placeId: string;
  /** The merchant of the store in it, who may earn a subsidy; empty for none. */
  merchantId: string;
  /** The store in it; empty for none. */
  storeId: string;
  clerkId: string;
  visitedAt: Date;
  businessDate: string;
}

/** One name for each customer, plan, place and business day: a second visit of a day has the name of the first. */
export const visitIdOf = (visit: Omit<Visit, 'visitId'>): string =>
  [visit.planId, visit.businessDate, visit.placeId, visit.customerId].join('|');

/** A visit as the merchant may see it: not which customer came, whom the visit's id names too. */
export const withoutCustomer = (visit: Visit): Visit => ({ ...visit, visitId: '', customerId: '' });
