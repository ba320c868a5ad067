import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, newId } from '@tidegate/mongo';
import { logger, type Actor } from '@tidegate/observability';
import type { Rule } from '@tidegate/rules';
import { Clock } from '@tidegate/service';
import { requireWork } from '../../../actor-scope';
import { isUsableBy } from '../../../domain/org-path';
import type { Segment } from '../../../domain/segment';
import { requirePublished } from '../../../domain/strategy';
import { CUSTOMERS_CLIENT, type CustomersClient } from '../../../peers/peers';
import { Segments } from '../../../peers/segments';
import { StrategyRepository } from '../../../repositories/strategy.repository';
import { startNameList, type NameList } from '../../domain/name-list';
import { NameListRepository } from '../../repositories/name-list.repository';
import type { CreateNameListInput } from './create-name-list.request';

const log = logger('name-lists');

/** Begins a name list 名单 of a segment or of a file; it is built in the background. */
@Injectable()
export class CreateNameListUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly strategies: StrategyRepository,
    private readonly lists: NameListRepository,
    private readonly segments: Segments,
    @Inject(CUSTOMERS_CLIENT) private readonly customers: CustomersClient,
    private readonly clock: Clock,
  ) {}

  /** @throws STRATEGY_NOT_FOUND, STRATEGY_NOT_PUBLISHED, SEGMENT_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, { requestId, ...input }: CreateNameListInput): Promise<NameList> {
    const { strategyId, name, relationAttributes } = input;
    const source = input.source || 'segment';
    const segmentId = source === 'csv' ? '' : await this.segmentOf(input);
    const segment = segmentId === '' ? undefined : await this.segments.find(segmentId);
    const known = await this.strategies.find(strategyId);
    const expectedCount = segment && known ? await this.estimate(segment.rule, input.orgPath || known.orgPath) : 0;
    const key = { scope: 'create-name-list', requestId, input: { ...input, by: actor.id } };
    return this.mongo.once(key, async (tx) => {
      const strategy = await this.strategies.get(strategyId, tx);
      const orgPath = input.orgPath || strategy.orgPath;
      requireWork(actor, orgPath);
      // Below a strategy is whoever may use it; above it is not its matter.
      if (!isUsableBy(strategy.orgPath, orgPath)) requireWork(actor, strategy.orgPath);
      requirePublished(strategy);
      if (source === 'segment') requireSegment(actor, orgPath, segmentId, segment);
      const id = { listId: newId(), strategyId, name, segmentId, orgPath };
      const list = startNameList({ ...id, source, relationAttributes, expectedCount }, this.clock.now());
      await this.lists.add(list, tx);
      return list;
    });
  }

  private async segmentOf({ segmentId, strategyId }: Pick<CreateNameListInput, 'segmentId' | 'strategyId'>) {
    return segmentId || ((await this.strategies.find(strategyId))?.live?.segmentId ?? '');
  }

  /** Only for showing progress: a list is built without it, too. */
  private async estimate(rule: Rule, orgPath: string): Promise<number> {
    try {
      return (await this.customers.previewSegment({ rule: { ...rule }, sampleSize: 0, orgPath })).count;
    } catch (err) {
      log.info({ err }, 'the size of a segment is not known');
      return 0;
    }
  }
}

/** There is one, and it is the list's to use or the maker's to see. @throws SEGMENT_NOT_FOUND, ORG_OUT_OF_SCOPE */
function requireSegment(actor: Actor, orgPath: string, segmentId: string, segment: Segment | undefined): void {
  if (segment === undefined) throw notFound('SEGMENT_NOT_FOUND', 'There is no such segment.', { segmentId });
  if (!isUsableBy(segment.orgPath, orgPath)) requireWork(actor, segment.orgPath);
}
