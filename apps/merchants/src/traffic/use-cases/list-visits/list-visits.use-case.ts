import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { PageSeal } from '@tidegate/encryption';
import { decodeTimeToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { ServiceEnv } from '@tidegate/service';
import { merchantNotFound } from '../../../domain/merchant';
import { requireMerchantAccess, requireStaffOf } from '../../../merchant-access';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../../page.request';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { planNotFound } from '../../domain/traffic-plan';
import { withoutCustomer, type Visit } from '../../domain/visit';
import { TrafficPlanRepository } from '../../repositories/traffic-plan.repository';
import { VisitRepository } from '../../repositories/visit.repository';
import type { VisitPageInput } from '../../traffic.request';

/** Counted visits of a plan or of a merchant, newest first; a merchant is not told which customer came. */
@Injectable()
export class ListVisitsUseCase {
  /** A visit's id names the customer. */
  private readonly tokens: PageSeal;

  constructor(
    private readonly visits: VisitRepository,
    private readonly plans: TrafficPlanRepository,
    private readonly merchants: MerchantRepository,
    env: ServiceEnv,
  ) {
    this.tokens = new PageSeal(env.keys.codeSigning);
  }

  /** @throws PLAN_NOT_FOUND, MERCHANT_NOT_FOUND, STAFF_ONLY, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(input: VisitPageInput, actor: Actor): Promise<{ visits: Visit[]; nextPageToken: string }> {
    const of = await this.scopeOf(input, actor);
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const token = decodeTimeToken(this.tokens.open(input.pageToken));
    const after = token && { visitedAt: token.at, visitId: token.id };
    const visits = await this.visits.list(of, limit, after);
    const last = visits.length === limit ? visits.at(-1) : undefined;
    const shown = actor.kind === 'merchant' ? visits.map(withoutCustomer) : visits;
    return { visits: shown, nextPageToken: last ? this.tokens.seal([last.visitedAt.toISOString(), last.visitId]) : '' };
  }

  private async scopeOf(
    { planId, merchantId }: VisitPageInput,
    actor: Actor,
  ): Promise<{ planId: string } | { merchantId: string }> {
    if ((planId === '') === (merchantId === '')) {
      throw invalid([{ field: 'planId', description: 'either planId or merchantId' }]);
    }
    if (merchantId !== '') {
      const merchant = await this.merchants.findMerchant(merchantId);
      if (!merchant) throw merchantNotFound();
      requireMerchantAccess(actor, merchant);
      return { merchantId };
    }
    const plan = await this.plans.find(planId);
    if (!plan) throw planNotFound();
    requireStaffOf(actor, plan.orgPath);
    return { planId };
  }
}
