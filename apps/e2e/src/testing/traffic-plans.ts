import type { HttpCaller } from './http-caller';

const RUNNING = { startsAt: '2026-01-01T00:00:00Z', endsAt: '2099-01-01T00:00:00Z' };
const TERMS = { ...RUNNING, tokenLifeSeconds: 600, tokenUseLimit: 5 };

/** Plans for traffic both ways between the app, a store and an outlet: to-tea, which pays the merchant, to-outlet and to-app. */
export async function openTrafficPlans(
  admin: HttpCaller,
  { storeId, outletPath }: { storeId: string; outletPath: string },
  subsidy: object,
): Promise<void> {
  const put = (planId: string, plan: object): Promise<unknown> =>
    admin.put(`/admin/v1/traffic-plans/${planId}`, { name: planId, orgPath: outletPath, ...TERMS, ...plan });
  const goals = [{ goalId: 'once', visitCount: 1, withinDays: 7 }];
  await put('to-tea', { direction: 'app_to_store', storeIds: [storeId], subsidy, goals });
  await put('to-outlet', { direction: 'store_to_outlet', storeIds: [storeId], outletPaths: [outletPath] });
  await put('to-app', { direction: 'outlet_to_app', outletPaths: [outletPath] });
}
