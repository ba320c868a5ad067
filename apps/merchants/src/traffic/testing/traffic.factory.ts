import type { TrafficPlan } from '../domain/traffic-plan';
import type { Visit } from '../domain/visit';

export const aPlan = (overrides: Partial<TrafficPlan> = {}): TrafficPlan => ({
  planId: 'autumn',
  name: 'Autumn noodles',
  direction: 'app_to_store',
  orgPath: 'hq/east',
  storeIds: ['noodle-bar-1'],
  outletPaths: [],
  startsAt: new Date('2026-11-01T00:00:00Z'),
  endsAt: new Date('2026-12-31T00:00:00Z'),
  tokenLifeSeconds: 3_600,
  tokenUseLimit: 1,
  goals: [],
  subsidy: noSubsidy(),
  ...overrides,
});

export const noSubsidy = () => ({
  currency: '',
  perVisitMinor: 0,
  perRedemptionMinor: 0,
  redemptionBasisPoints: 0,
  attributionDays: 0,
  dailyLimitMinor: 0,
  totalLimitMinor: 0,
  payer: 'bank' as const,
});

export const aVisit = (overrides: Partial<Visit> = {}): Visit => ({
  visitId: 'visit-1',
  planId: 'autumn',
  direction: 'app_to_store',
  customerId: 'c-1',
  sourceId: 'app',
  placeId: 'noodle-bar-1',
  merchantId: 'noodle-bar',
  storeId: 'noodle-bar-1',
  clerkId: 'li-wei',
  visitedAt: new Date('2026-11-20T04:00:00Z'),
  businessDate: '2026-11-20',
  ...overrides,
});
