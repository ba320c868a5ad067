import { Injectable } from '@nestjs/common';
import { decodeTimeToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../../page.request';
import type { SettlementFinding } from '../../domain/finding';
import { merchantFilter } from '../../merchant-filter';
import { FindingRepository } from '../../repositories/finding.repository';
import type { ListSettlementFindingsInput } from './list-settlement-findings.request';

/** Redemptions that could not be settled as they are, newest first. */
@Injectable()
export class ListSettlementFindingsUseCase {
  constructor(private readonly findings: FindingRepository) {}

  /** @throws MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    input: ListSettlementFindingsInput,
    actor: Actor,
  ): Promise<{ findings: SettlementFinding[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const token = decodeTimeToken(input.pageToken);
    const after = token && { foundAt: token.at, id: token.id };
    const filter = { ...merchantFilter(input.merchantId, actor), state: input.state };
    const findings = await this.findings.list(filter, limit, after);
    const last = findings.length === limit ? findings.at(-1) : undefined;
    return { findings, nextPageToken: last ? encodePageToken([last.foundAt.toISOString(), last.redemptionId]) : '' };
  }
}
