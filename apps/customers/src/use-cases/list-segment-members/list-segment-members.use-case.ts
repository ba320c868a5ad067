import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { narrowedScopeOf } from '../../actor-scope';
import { SegmentQuery, type Member } from '../../columnar/segment-query';
import { SegmentRepository } from '../../repositories/segment.repository';

/** A segment's members, in customer id order: of the actor's organisation, or one asked for, and below. */
@Injectable()
export class ListSegmentMembersUseCase {
  constructor(
    private readonly segments: SegmentRepository,
    private readonly query: SegmentQuery,
    private readonly clock: Clock,
  ) {}

  /** @throws SEGMENT_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID, COPY_BEHIND */
  async execute(
    input: { segmentId: string; pageSize: number; pageToken: string; orgPath: string },
    actor: Actor,
  ): Promise<{ members: Member[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 5_000, fallback: 1_000 });
    const [after = '', askedAt] = decodePageToken(input.pageToken) ?? [];
    const segment = await this.segments.get(input.segmentId);
    requireOrgScope(actor, segment.orgPath);
    // All pages ask about one moment: windows must not move under the reader.
    const nowMs = Number(askedAt ?? this.clock.now().getTime());
    const scope = narrowedScopeOf(actor, input.orgPath);
    const members = await this.query.list({ rule: segment.rule, now: new Date(nowMs), scope }, limit, after);
    const last = members.length === limit ? members.at(-1) : undefined;
    return { members, nextPageToken: last ? encodePageToken([last.customerId, String(nowMs)]) : '' };
  }
}
