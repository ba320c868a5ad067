import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { decodePageToken, encodePageToken, pageSize, pageTokenInvalid, tokenNumber } from '@tidegate/mongo';
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
    const token = decodePageToken(input.pageToken);
    const place = token && placeOf(token);
    const segment = await this.segments.get(input.segmentId);
    requireOrgScope(actor, segment.orgPath);
    // All pages ask about one moment: windows must not move under the reader.
    const now = place?.askedAt ?? this.clock.now();
    const scope = narrowedScopeOf(actor, input.orgPath);
    const members = await this.query.list({ rule: segment.rule, now, scope }, limit, place?.after ?? '');
    const last = members.length === limit ? members.at(-1) : undefined;
    return { members, nextPageToken: last ? encodePageToken([last.customerId, String(now.getTime())]) : '' };
  }
}

/** @throws PAGE_TOKEN_INVALID */
function placeOf([after, askedAt]: string[]): { after: string; askedAt: Date } {
  const at = new Date(tokenNumber(askedAt));
  if (after === undefined || Number.isNaN(at.getTime())) throw pageTokenInvalid();
  return { after, askedAt: at };
}
