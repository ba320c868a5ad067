import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
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
    const [followedAt, key] = decodePageToken(page.pageToken) ?? [];
    const after = followedAt && key ? { followedAt: new Date(followedAt), key } : undefined;
    const fans = await this.fans.listFollowing(of, limit, after);
    const last = fans.length === limit ? fans.at(-1) : undefined;
    return { fans, nextPageToken: last ? encodePageToken([last.followedAt.toISOString(), fanKey(last)]) : '' };
  }
}
