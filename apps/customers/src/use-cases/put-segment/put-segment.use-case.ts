import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { ColumnCatalog, compileSql, parseRule } from '@tidegate/rules';
import { Clock } from '@tidegate/service';
import { checkSegmentRule, checkVersion, loadReferences, withAuthor, type Segment } from '../../domain/segment';
import { SegmentRepository } from '../../repositories/segment.repository';
import type { PutSegmentInput } from './put-segment.request';

/** Creates or replaces a segment 客群. What it names must exist, and nothing may contain itself. */
@Injectable()
export class PutSegmentUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly segments: SegmentRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws RULE_INVALID, RULE_SEGMENT_CYCLE, RULE_SEGMENT_UNKNOWN, RULE_EVENT_FIELD_IN_SQL, SEGMENT_EXISTS, VERSION_CONFLICT, ORG_OUT_OF_SCOPE */
  async execute({ requestId, segment, isNew }: PutSegmentInput, actor: Actor): Promise<Segment> {
    const { version: readVersion, ...input } = segment;
    requireOrgScope(actor, input.orgPath);
    const rule = parseRule(input.rule, 'segment.rule');
    const key = {
      scope: 'put-segment',
      requestId,
      input: { ...input, ...(isNew && { isNew }), ...(readVersion > 0 && { readVersion }) },
    };
    const stored = await this.mongo.once(key, async (tx) => {
      const segmentId = input.segmentId || newId();
      await this.segments.lock(tx);
      const held = await this.segments.find(segmentId, tx);
      if (held && isNew) throw exists(segmentId);
      if (held) requireOrgScope(actor, held.orgPath);
      checkVersion(held, readVersion);
      const references = await loadReferences(rule, (ids) => this.segments.findMany(ids, tx));
      checkSegmentRule(segmentId, rule, references);
      // Refuses what only an event at hand can answer.
      compileSql(rule, { catalog: new ColumnCatalog(), nowMs: 0, resolveSegment: (id) => references.get(id) });
      const version = (held?.version ?? 0) + 1;
      const { name, orgPath } = input;
      const authors = withAuthor(held?.authors ?? [], actor.id, version);
      const written: Segment = { segmentId, name, rule, orgPath, version, updatedAt: this.clock.now(), authors };
      await this.segments.put(written, tx);
      const { rule: _, ...answer } = written;
      return answer;
    });
    return { ...stored, rule };
  }
}

const exists = (segmentId: string): DomainError =>
  new DomainError({
    code: 'ALREADY_EXISTS',
    reason: 'SEGMENT_EXISTS',
    message: 'There is a segment of this id.',
    metadata: { segmentId },
  });
