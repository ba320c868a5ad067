import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { writeQuota, type Quota } from '../../domain/quota';
import { PolicyHolder } from '../../engine/policy-holder';
import { QuotaRepository } from '../../repositories/quota.repository';
import type { PutQuotaInput } from './put-quota.request';

/** Creates a quota 额度 or changes its name and limit; what decisions have taken stays counted. */
@Injectable()
export class PutQuotaUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly quotas: QuotaRepository,
    private readonly policies: PolicyHolder,
    private readonly clock: Clock,
  ) {}

  /** @throws VALIDATION_FAILED, VERSION_CONFLICT, QUOTA_FIXED, QUOTA_BELOW_TAKEN, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  async execute(actor: Actor, { requestId, quota: input }: PutQuotaInput): Promise<Quota> {
    requireOrgScope(actor, input.orgPath);
    if ((input.kind === 'budget') !== (input.currency !== '')) {
      throw invalid([{ field: 'quota.currency', description: 'a budget has a currency, nothing else does' }]);
    }
    const { version, ...terms } = input;
    return this.mongo.once({ scope: 'put-quota', requestId, input: { ...input, by: actor.id } }, async (tx) => {
      const current = await this.quotas.find(terms.quotaId, tx);
      if (current !== null) requireOrgScope(actor, current.orgPath);
      const at = { timeZone: this.policies.current.timeZone, now: this.clock.now() };
      const quota = writeQuota(current, terms, version, at);
      await this.quotas.save(quota, current === null, tx);
      return quota;
    });
  }
}
