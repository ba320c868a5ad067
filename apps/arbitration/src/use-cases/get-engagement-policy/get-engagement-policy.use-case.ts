import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { EngagementPolicy } from '../../domain/engagement-policy';
import { EngagementPolicyRepository } from '../../repositories/engagement-policy.repository';
import type { GetEngagementPolicyInput } from './get-engagement-policy.request';

/** The engagement policy of one issue or group. */
@Injectable()
export class GetEngagementPolicyUseCase {
  constructor(private readonly policies: EngagementPolicyRepository) {}

  /** @throws ENGAGEMENT_POLICY_NOT_FOUND */
  async execute({ scope, key }: GetEngagementPolicyInput): Promise<EngagementPolicy> {
    const policy = await this.policies.find(scope, key);
    if (policy === null) throw notFound('ENGAGEMENT_POLICY_NOT_FOUND', 'Nothing was put for this issue or group.');
    return policy;
  }
}
