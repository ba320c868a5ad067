import { TrafficServiceService } from '@tidegate/contracts/merchants/v1/traffic';
import type { TestService } from '@tidegate/testing';
import { newRequestId, type MerchantsHarness } from '../../testing/merchants.harness';
import type { TrafficPlan } from '../domain/traffic-plan';
import { aPlan } from './traffic.factory';

export const customer = (id: string) => ({ kind: 'customer', id, orgPath: '' });
export const till = { kind: 'merchant', id: 'noodle-bar', orgPath: '' };

/** What a till, a branch or the app tells of somebody who came. */
export const anArrival = (token: string, overrides = {}) => ({
  requestId: newRequestId(),
  token,
  merchantId: 'noodle-bar',
  storeId: 'noodle-bar-1',
  clerkId: 'li-wei',
  outletPath: '',
  customerId: '',
  ...overrides,
});

/** Plans, tokens and visits of one test, under ids of its own. */
export function trafficFixture(harness: MerchantsHarness) {
  const planIds: string[] = [];
  const traffic = (actor?: object, of: TestService = harness.service) =>
    of.client(TrafficServiceService, actor as never);
  const putPlan = async (overrides: Partial<TrafficPlan> = {}): Promise<string> => {
    const plan = aPlan({ planId: `plan-${planIds.length}`, ...overrides });
    planIds.push(plan.planId);
    await traffic().putTrafficPlan({ requestId: newRequestId(), plan });
    return plan.planId;
  };
  const own = (planId: string, customerId = 'c-1', storeId = 'noodle-bar-1') =>
    traffic(customer(customerId)).issueAttributionToken({ planId, storeId, customerId, outletPath: '' });
  const visit = async (planId: string, customerId = 'c-1', overrides = {}, of = harness.service) =>
    traffic(till, of).recordVisit(anArrival((await own(planId, customerId)).token, overrides));
  return { traffic, putPlan, own, visit, planIds };
}
