import { Injectable } from '@nestjs/common';
import { DomainError, notFound } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { compileEngagement, type EngagementPolicy } from '../../domain/engagement-policy';
import { NOTHING_COUNTED } from '../../domain/past-facts';
import { CounterKeeper } from '../../past-facts/counter-keeper';
import { HeldState } from '../../engine/held-state';
import { EngagementPolicyRepository } from '../../repositories/engagement-policy.repository';
import { RevisionRepository } from '../../repositories/revision.repository';
import type { PutEngagementPolicyInput } from './put-engagement-policy.request';

/** Puts the engagement policy of an issue or group. Other replicas decide by it within seconds, this one at once. */
@Injectable()
export class PutEngagementPolicyUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly policies: EngagementPolicyRepository,
    private readonly revisions: RevisionRepository,
    private readonly held: HeldState,
    private readonly keeper: CounterKeeper,
  ) {}

  /** @throws RULE_INVALID, VALIDATION_FAILED, VERSION_CONFLICT, ENGAGEMENT_POLICY_NOT_FOUND, EVENT_COUNTERS_FULL, REQUEST_ID_REUSED */
  async execute({ requestId, policy: input }: PutEngagementPolicyInput): Promise<EngagementPolicy> {
    const { scope, key, eligibility = null, applicability = null, suitability = null } = input;
    const wanted = { scope, key, eligibility, applicability, suitability };
    // A trial: what does not compile is not stored.
    compileEngagement({ ...wanted, version: 0 }, { utcOffsetMinutes: 0, pastFacts: NOTHING_COUNTED });
    const saved = await this.mongo.once({ scope: 'put-engagement-policy', requestId, input }, async (tx) => {
      const current = await this.policies.find(scope, key, tx);
      if (current === null && input.version > 0)
        throw notFound('ENGAGEMENT_POLICY_NOT_FOUND', 'There is none to replace.');
      if (input.version !== (current?.version ?? 0)) throw changedMeanwhile(current?.version ?? 0);
      const policy: EngagementPolicy = { ...wanted, version: input.version + 1 };
      await this.keeper.want([eligibility, applicability, suitability], tx);
      await this.policies.save(policy, tx);
      await this.revisions.bump('engagement', tx);
      return policy;
    });
    await this.held.refresh();
    return saved;
  }
}

const changedMeanwhile = (version: number): DomainError =>
  new DomainError({
    code: 'ABORTED',
    reason: 'VERSION_CONFLICT',
    message: 'The engagement policy was changed by someone else. Read it again.',
    metadata: { version: String(version) },
  });
