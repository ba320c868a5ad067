import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import { levelKey } from '../../domain/engagement';
import type { EngagementPolicy } from '../../domain/engagement-policy';
import { EngagementPolicyRepository } from '../../repositories/engagement-policy.repository';
import type { ListEngagementPoliciesInput } from './list-engagement-policies.request';

/** All engagement policies, page by page. */
@Injectable()
export class ListEngagementPoliciesUseCase {
  constructor(private readonly repository: EngagementPolicyRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(input: ListEngagementPoliciesInput): Promise<{ policies: EngagementPolicy[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const policies = await this.repository.list(limit, after);
    const last = policies.length === limit ? policies.at(-1) : undefined;
    return { policies, nextPageToken: last ? encodePageToken([levelKey(last.scope, last.key)]) : '' };
  }
}
