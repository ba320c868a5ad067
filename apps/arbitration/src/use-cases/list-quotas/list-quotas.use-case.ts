import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { inPeriod, type Quota } from '../../domain/quota';
import { PolicyHolder } from '../../engine/policy-holder';
import { QuotaRepository } from '../../repositories/quota.repository';
import type { ListQuotasInput } from './list-quotas.request';

/** Quotas of the actor's organisation and below, in id order, as they are counted now. */
@Injectable()
export class ListQuotasUseCase {
  constructor(
    private readonly quotas: QuotaRepository,
    private readonly policies: PolicyHolder,
    private readonly clock: Clock,
  ) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(actor: Actor, input: ListQuotasInput): Promise<{ quotas: Quota[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const after = decodePageToken(input.pageToken)?.[0];
    const scope = actor.kind === 'staff' ? actor.orgPath : undefined;
    const quotas = await this.quotas.list(limit, { scope, after });
    const last = quotas.length === limit ? quotas.at(-1) : undefined;
    const { timeZone } = this.policies.current;
    return {
      quotas: quotas.map((quota) => inPeriod(quota, timeZone, this.clock.now())),
      nextPageToken: last ? encodePageToken([last.quotaId]) : '',
    };
  }
}
