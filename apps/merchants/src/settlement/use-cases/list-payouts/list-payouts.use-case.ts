import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type PageInput } from '../../../page.request';
import type { Payout } from '../../domain/release';
import { PayoutRepository } from '../../repositories/payout.repository';

/** Pay-outs, newest first. */
@Injectable()
export class ListPayoutsUseCase {
  constructor(private readonly payouts: PayoutRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(input: PageInput): Promise<{ payouts: Payout[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [before] = decodePageToken(input.pageToken) ?? [];
    const payouts = await this.payouts.list(limit, before);
    const last = payouts.length === limit ? payouts.at(-1) : undefined;
    return { payouts, nextPageToken: last ? encodePageToken([last.payoutId]) : '' };
  }
}
