import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { PoolAlarm } from '../../domain/code-pool';
import { CodePoolRepository } from '../../repositories/code-pool.repository';

/** Pools that ran low or empty, newest first. */
@Injectable()
export class ListCodePoolAlarmsUseCase {
  constructor(private readonly pools: CodePoolRepository) {}

  /** @throws PAGE_TOKEN_INVALID, POOL_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(
    actor: Actor,
    input: { poolId: string; pageSize: number; pageToken: string },
  ): Promise<{ alarms: PoolAlarm[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const [after] = decodePageToken(input.pageToken) ?? [];
    if (input.poolId) requireOrgScope(actor, (await this.pools.get(input.poolId)).orgPath);
    const scope = actor.kind === 'staff' ? actor.orgPath : undefined;
    const alarms = await this.pools.listAlarms(limit, { scope, poolId: input.poolId || undefined, after });
    const last = alarms.length === limit ? alarms.at(-1) : undefined;
    return { alarms, nextPageToken: last ? encodePageToken([last.alarmId]) : '' };
  }
}
