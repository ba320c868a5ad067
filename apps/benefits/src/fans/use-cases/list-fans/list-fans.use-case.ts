import { Injectable } from '@nestjs/common';
import { decodeTimeToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Fan } from '../../domain/fan';
import { fanKey, FanRepository } from '../../repositories/fan.repository';

/** Fans of a target, or what a customer follows; newest first. */
@Injectable()
export class ListFansUseCase {
  constructor(private readonly fans: FanRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(
    of: { targetKey: string } | { customerId: string },
    page: { pageSize: number; pageToken: string },
  ): Promise<{ fans: Fan[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const token = decodeTimeToken(page.pageToken);
    const after = token && { followedAt: token.at, key: token.id };
    const fans = await this.fans.listFollowing(of, limit, after);
    const last = fans.length === limit ? fans.at(-1) : undefined;
    return { fans, nextPageToken: last ? encodePageToken([last.followedAt.toISOString(), fanKey(last)]) : '' };
  }
}
