import { aPlan, noSubsidy } from '../testing/traffic.factory';
import {
  hasPartIn,
  placePlan,
  requireLeftAlone,
  requireOutletInPlan,
  requireRunning,
  requireStoreInPlan,
} from './traffic-plan';

const paid = { ...noSubsidy(), currency: 'CNY', perVisitMinor: 100 };
const refusedWith = (reason: string) => expect.objectContaining({ reason }) as Error;

it.each([
  ['that ends before it starts', aPlan({ endsAt: new Date('2026-11-01T00:00:00Z') })],
  ['that pays in no currency', aPlan({ subsidy: { ...paid, currency: '' } })],
  ['that pays for outlet_to_app', aPlan({ direction: 'outlet_to_app', storeIds: [], subsidy: paid })],
  [
    'that pays redemptions of store_to_outlet',
    aPlan({ direction: 'store_to_outlet', subsidy: { ...paid, redemptionBasisPoints: 1 } }),
  ],
  [
    'whose merchants pay for customers they lead away',
    aPlan({ direction: 'store_to_outlet', subsidy: { ...paid, payer: 'merchant' } }),
  ],
  ['with outlets for app_to_store', aPlan({ outletPaths: ['hq/east'] })],
  [
    'with a goal twice',
    aPlan({ goals: [1, 2].map((visitCount) => ({ goalId: 'g', visitCount, withinDays: 1, rewardStockId: '' })) }),
  ],
])('refuses a plan %s', (_what, plan) => {
  expect(() => placePlan(plan, null)).toThrow(refusedWith('VALIDATION_FAILED'));
});

it('keeps direction, currency and payer', () => {
  expect(placePlan(aPlan({ name: 'New', subsidy: paid }), aPlan()).name).toBe('New');
  const turned = aPlan({ direction: 'store_to_outlet' });
  expect(() => placePlan(turned, aPlan())).toThrow(refusedWith('PLAN_DIRECTION_FIXED'));
  const dollars = aPlan({ subsidy: { ...paid, currency: 'USD' } });
  expect(() => placePlan(dollars, aPlan({ subsidy: paid }))).toThrow(refusedWith('PLAN_CURRENCY_FIXED'));
  const charging = aPlan({ subsidy: { ...paid, payer: 'merchant' } });
  expect(() => placePlan(charging, aPlan({ subsidy: paid }))).toThrow(refusedWith('PLAN_PAYER_FIXED'));
  expect(() => placePlan(charging, aPlan())).not.toThrow();
});

it('runs from its start until its end', () => {
  const plan = aPlan();
  expect(() => requireRunning(plan, plan.startsAt)).not.toThrow();
  expect(() => requireRunning(plan, plan.endsAt)).toThrow(refusedWith('PLAN_NOT_RUNNING'));
  expect(() => requireRunning(plan, new Date(plan.startsAt.getTime() - 1))).toThrow(refusedWith('PLAN_NOT_RUNNING'));
});

it('knows its places', () => {
  expect(() => requireStoreInPlan(aPlan(), 'noodle-bar-1', 'hq/west')).not.toThrow();
  expect(() => requireStoreInPlan(aPlan(), 'noodle-bar-2', 'hq/east')).toThrow(refusedWith('PLACE_NOT_IN_PLAN'));
  const anywhere = aPlan({ direction: 'store_to_outlet', storeIds: [] });
  for (const own of ['hq/east', 'hq/east/shanghai']) {
    expect(() => requireStoreInPlan(anywhere, 'any', own)).not.toThrow();
  }
  for (const foreign of ['hq', 'hq/west', 'hq/east-2']) {
    expect(() => requireStoreInPlan(anywhere, 'any', foreign)).toThrow(refusedWith('PLACE_NOT_IN_PLAN'));
  }
  expect(() => requireOutletInPlan(anywhere, 'hq/east/shanghai/outlet-01')).not.toThrow();
  expect(() => requireOutletInPlan(anywhere, 'hq/east-2')).toThrow(refusedWith('PLACE_NOT_IN_PLAN'));
  const named = { ...anywhere, outletPaths: ['hq/east/a'] };
  expect(() => requireOutletInPlan(named, 'hq/east/b')).toThrow(refusedWith('PLACE_NOT_IN_PLAN'));
});

it('has a merchant take part by a store that it names, or by his organisation when it names none', () => {
  const noodles = { orgPath: 'hq/east/shanghai', storeIds: new Set(['noodle-bar-1']) };
  const tea = { orgPath: 'hq/west', storeIds: new Set<string>() };
  const partOf = (plan: Parameters<typeof hasPartIn>[0]) => [noodles, tea].map((merchant) => hasPartIn(plan, merchant));
  for (const direction of ['app_to_store', 'store_to_outlet'] as const) {
    expect(partOf(aPlan({ direction }))).toEqual([true, false]);
    expect(partOf(aPlan({ direction, storeIds: ['noodle-bar-2'] }))).toEqual([false, false]);
    expect(partOf(aPlan({ direction, storeIds: [] }))).toEqual([true, false]);
  }
  expect(partOf(aPlan({ direction: 'outlet_to_app', storeIds: [], orgPath: 'hq' }))).toEqual([false, false]);
});

it('holds a merchant back while a plan that pays would follow him to another organisation', () => {
  const now = new Date('2026-11-22T04:00:00Z');
  const move = (orgPath: string, overrides = {}, at = now) =>
    requireLeftAlone(
      [aPlan(), aPlan({ planId: 'paying', orgPath: 'hq/east', subsidy: paid, ...overrides })],
      orgPath,
      at,
    );
  expect(() => move('hq/west')).toThrow(
    expect.objectContaining({ reason: 'MERCHANT_IN_PLAN', metadata: { planId: 'paying' } }),
  );
  expect(() => move('hq')).toThrow(refusedWith('MERCHANT_IN_PLAN'));
  for (const orgPath of ['hq/east', 'hq/east/shanghai']) expect(() => move(orgPath)).not.toThrow();
  expect(() => move('hq/west', { orgPath: 'hq' })).not.toThrow();
  expect(() => move('hq/west', { subsidy: noSubsidy() })).not.toThrow();
  expect(() => move('hq/west', {}, aPlan().endsAt)).not.toThrow();
});
