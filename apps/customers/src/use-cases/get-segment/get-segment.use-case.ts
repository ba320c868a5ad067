import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import type { Segment } from '../../domain/segment';
import { SegmentRepository } from '../../repositories/segment.repository';

@Injectable()
export class GetSegmentUseCase {
  constructor(private readonly segments: SegmentRepository) {}

  /** @throws SEGMENT_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(segmentId: string, actor: Actor): Promise<Segment> {
    const segment = await this.segments.get(segmentId);
    requireOrgScope(actor, segment.orgPath);
    return segment;
  }
}
