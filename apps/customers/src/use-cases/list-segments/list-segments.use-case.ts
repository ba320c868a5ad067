import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { isAtOrBelow } from '@tidegate/org-path';
import { orgScopeOf } from '../../actor-scope';
import type { Segment } from '../../domain/segment';
import { SegmentRepository } from '../../repositories/segment.repository';

/** Segments of the actor's organisation and below, in id order. */
@Injectable()
export class ListSegmentsUseCase {
  constructor(private readonly segments: SegmentRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(
    page: { pageSize: number; pageToken: string },
    actor: Actor,
  ): Promise<{ segments: Segment[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const scope = orgScopeOf(actor);
    let [after = ''] = decodePageToken(page.pageToken) ?? [];
    const found: Segment[] = [];
    // There are hundreds of segments, not millions: those of others are passed over.
    for (;;) {
      const next = await this.segments.list(limit, after);
      found.push(...next.filter(({ orgPath }) => scope === undefined || isAtOrBelow(orgPath, scope)));
      if (next.length < limit || found.length >= limit) break;
      after = next.at(-1)?.segmentId ?? after;
    }
    const segments = found.slice(0, limit);
    const last = segments.length === limit ? segments.at(-1) : undefined;
    return { segments, nextPageToken: last ? encodePageToken([last.segmentId]) : '' };
  }
}
