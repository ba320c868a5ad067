import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireStaffOf } from '../../../merchant-access';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type PageInput } from '../../../page.request';
import { hasPartIn, planNotFound, type TrafficPlan } from '../../domain/traffic-plan';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { SubsidyRepository } from '../../repositories/subsidy.repository';
import { TrafficPlanRepository } from '../../repositories/traffic-plan.repository';
import { VisitRepository, type PlaceCount } from '../../repositories/visit.repository';
import type { PlanPageInput } from '../../traffic.request';

export type PlaceResult = PlaceCount & { redemptionCount: number; subsidyMinor: number };

/** What plans there are, and what they led to. */
@Injectable()
export class ReadPlansUseCase {
  constructor(
    private readonly plans: TrafficPlanRepository,
    private readonly visits: VisitRepository,
    private readonly subsidies: SubsidyRepository,
    private readonly merchants: MerchantRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws PLAN_NOT_FOUND, STAFF_ONLY, ORG_OUT_OF_SCOPE */
  async get(planId: string, actor: Actor): Promise<TrafficPlan> {
    const plan = await this.plans.find(planId);
    if (!plan) throw planNotFound();
    requireStaffOf(actor, plan.orgPath);
    return plan;
  }

  /** Staff: those of their organisation. Others: the running ones, without what is paid, but to a merchant who takes part. */
  async list(input: PageInput, actor: Actor): Promise<{ plans: TrafficPlan[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const isPublic = actor.kind === 'customer' || actor.kind === 'merchant';
    const plans = isPublic
      ? await this.plans.listRunning(this.clock.now(), limit, after)
      : await this.plans.list(actor.kind === 'staff' ? actor.orgPath : '', limit, after);
    const last = plans.length === limit ? plans.at(-1) : undefined;
    const shown = isPublic ? await this.withOwnPay(plans, actor) : plans;
    return { plans: shown, nextPageToken: last ? encodePageToken([last.planId]) : '' };
  }

  private async withOwnPay(plans: TrafficPlan[], actor: Actor): Promise<TrafficPlan[]> {
    const merchant = actor.kind === 'merchant' ? await this.merchants.findMerchant(actor.id) : null;
    if (!merchant) return plans.map(withoutPay);
    const { merchantId, orgPath } = merchant;
    const named = [...new Set(plans.flatMap(({ storeIds }) => storeIds))];
    const own = (await this.merchants.findStores(named)).filter((store) => store.merchantId === merchantId);
    const party = { orgPath, storeIds: new Set(own.map(({ storeId }) => storeId)) };
    return plans.map((plan) => (hasPartIn(plan, party) ? plan : withoutPay(plan)));
  }

  /** @throws as get, PAGE_TOKEN_INVALID */
  async listResults(input: PlanPageInput, actor: Actor): Promise<{ results: PlaceResult[]; nextPageToken: string }> {
    const plan = await this.get(input.planId, actor);
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const places = await this.visits.countByPlace(plan.planId, limit, after);
    const isStore = plan.direction === 'app_to_store';
    const placeIds = places.map(({ placeId }) => placeId);
    const sums = await this.subsidies.sumBy(isStore ? 'storeId' : 'placeId', plan.planId, placeIds);
    const results = places.map((place) => {
      const { redemptionCount = 0, amountMinor: subsidyMinor = 0 } = sums.get(place.placeId) ?? {};
      // An outlet's visitors come from stores of many merchants.
      return { ...place, merchantId: isStore ? place.merchantId : '', redemptionCount, subsidyMinor };
    });
    const last = places.length === limit ? places.at(-1) : undefined;
    return { results, nextPageToken: last ? encodePageToken([last.placeId]) : '' };
  }
}

const withoutPay = (plan: TrafficPlan): TrafficPlan => ({
  ...plan,
  subsidy: {
    currency: '',
    perVisitMinor: 0,
    perRedemptionMinor: 0,
    redemptionBasisPoints: 0,
    attributionDays: 0,
    dailyLimitMinor: 0,
    totalLimitMinor: 0,
    payer: 'bank',
  },
});
