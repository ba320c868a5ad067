import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import { isAtOrBelow } from '@tidegate/org-path';
import { Clock } from '@tidegate/service';
import { inPeriod, type Quota } from '../../domain/quota';
import { PolicyHolder } from '../../engine/policy-holder';
import { QuotaRepository } from '../../repositories/quota.repository';

@Injectable()
export class GetQuotaUseCase {
  constructor(
    private readonly quotas: QuotaRepository,
    private readonly policies: PolicyHolder,
    private readonly clock: Clock,
  ) {}

  /** As it is counted now; staff also read what an organisation above them shares. @throws QUOTA_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, quotaId: string): Promise<Quota> {
    const quota = await this.quotas.find(quotaId);
    if (quota === null) throw notFound('QUOTA_NOT_FOUND', 'There is no such quota.', { quotaId });
    if (!isAtOrBelow(actor.orgPath, quota.orgPath)) requireOrgScope(actor, quota.orgPath);
    return inPeriod(quota, this.policies.current.timeZone, this.clock.now());
  }
}
