import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { CodeWithdrawal } from '../../domain/code-withdrawal';
import { CodePoolRepository } from '../../repositories/code-pool.repository';
import { CodeWithdrawalRepository } from '../../repositories/code-withdrawal.repository';

/** What was withdrawn of one pool's codes, newest first. */
@Injectable()
export class ListCodeWithdrawalsUseCase {
  constructor(
    private readonly withdrawals: CodeWithdrawalRepository,
    private readonly pools: CodePoolRepository,
  ) {}

  /** @throws POOL_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    { poolId, ...page }: { poolId: string; pageSize: number; pageToken: string },
  ): Promise<{ withdrawals: CodeWithdrawal[]; nextPageToken: string }> {
    requireOrgScope(actor, (await this.pools.get(poolId)).orgPath);
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const [after] = decodePageToken(page.pageToken) ?? [];
    const withdrawals = await this.withdrawals.list(poolId, limit, after);
    const last = withdrawals.length === limit ? withdrawals.at(-1) : undefined;
    return { withdrawals, nextPageToken: last ? encodePageToken([last.withdrawalId]) : '' };
  }
}
