import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock, newId } from '@tidegate/service';
import { requireWork } from '../../actor-scope';
import { startNameList, type NameList } from '../../domain/name-list';
import { requirePublished } from '../../domain/strategy';
import { SegmentRules } from '../../peers/segment-rules';
import { NameListRepository } from '../../repositories/name-list.repository';
import { StrategyRepository } from '../../repositories/strategy.repository';
import type { CreateNameListInput } from './create-name-list.request';

/** Begins a name list 名单; it is built in the background. */
@Injectable()
export class CreateNameListUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly strategies: StrategyRepository,
    private readonly lists: NameListRepository,
    private readonly segments: SegmentRules,
    private readonly clock: Clock,
  ) {}

  /** @throws STRATEGY_NOT_FOUND, STRATEGY_NOT_PUBLISHED, SEGMENT_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(
    actor: Actor,
    { requestId, strategyId, name, segmentId: given }: CreateNameListInput,
  ): Promise<NameList> {
    const segmentId = given || ((await this.strategies.find(strategyId))?.live?.segmentId ?? '');
    const hasSegment = segmentId !== '' && (await this.segments.find(segmentId)) !== undefined;
    const input = { strategyId, name, segmentId: given, by: actor.id };
    return this.mongo.once({ scope: 'create-name-list', requestId, input }, async (tx) => {
      const strategy = await this.strategies.get(strategyId, tx);
      requireWork(actor, strategy.orgPath);
      requirePublished(strategy);
      if (!hasSegment) throw notFound('SEGMENT_NOT_FOUND', 'There is no such segment.', { segmentId });
      const id = { listId: newId(), strategyId, name, segmentId, orgPath: strategy.orgPath };
      const list = startNameList(id, this.clock.now());
      await this.lists.add(list, tx);
      return list;
    });
  }
}
