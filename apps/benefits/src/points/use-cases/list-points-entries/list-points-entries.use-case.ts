import { Injectable } from '@nestjs/common';
import { decodeTimeToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { CustomerPageInput } from '../../../definitions/definition.request';
import type { PointsEntry } from '../../domain/points-entry';
import { PointsRepository } from '../../repositories/points.repository';

/** One customer's points history, newest first. */
@Injectable()
export class ListPointsEntriesUseCase {
  constructor(private readonly points: PointsRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(page: CustomerPageInput): Promise<{ entries: PointsEntry[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const token = decodeTimeToken(page.pageToken);
    const after = token && { bookedAt: token.at, entryId: token.id };
    const entries = await this.points.listEntries(page.customerId, limit, after);
    const last = entries.length === limit ? entries.at(-1) : undefined;
    return { entries, nextPageToken: last ? encodePageToken([last.bookedAt.toISOString(), last.entryId]) : '' };
  }
}
