import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { LedgerCheck } from '../../domain/ledger-check';
import { LedgerCheckRepository } from '../../repositories/ledger-check.repository';

/** Pages checks, newest first. */
@Injectable()
export class ListLedgerChecksUseCase {
  constructor(private readonly checks: LedgerCheckRepository) {}

  /** @throws VALIDATION_FAILED, PAGE_TOKEN_INVALID */
  async execute(page: {
    pageSize: number;
    pageToken: string;
  }): Promise<{ checks: LedgerCheck[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const [before] = decodePageToken(page.pageToken) ?? [];
    const checks = await this.checks.list(limit, before);
    const last = checks.length === limit ? checks.at(-1) : undefined;
    return { checks, nextPageToken: last ? encodePageToken([last.checkId]) : '' };
  }
}
