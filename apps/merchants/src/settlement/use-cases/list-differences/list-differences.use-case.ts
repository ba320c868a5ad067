import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../../page.request';
import type { Difference } from '../../domain/reconciliation';
import { merchantFilter } from '../../merchant-filter';
import { ReconciliationRepository } from '../../repositories/reconciliation.repository';
import type { ListDifferencesInput } from './list-differences.request';

/** The work list of differences 差异, newest first. */
@Injectable()
export class ListDifferencesUseCase {
  constructor(private readonly reconciliations: ReconciliationRepository) {}

  /** @throws MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    { reconciliationId, state, ...input }: ListDifferencesInput,
    actor: Actor,
  ): Promise<{ differences: Difference[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [before] = decodePageToken(input.pageToken) ?? [];
    const filter = { ...merchantFilter(input.merchantId, actor), reconciliationId, state };
    const differences = await this.reconciliations.listDifferences(filter, limit, before);
    const last = differences.length === limit ? differences.at(-1) : undefined;
    return { differences, nextPageToken: last ? encodePageToken([last.differenceId]) : '' };
  }
}
