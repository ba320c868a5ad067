import { Injectable } from '@nestjs/common';
import { DomainError, notFound } from '@tidegate/errors';
import type { Rule } from '@tidegate/rules';
import { scriptIdsOf } from '../domain/action';
import { queuesNamed } from '../domain/queue-findings';
import type { StrategyContent } from '../domain/strategy';
import {
  audienceOf,
  foreignSegments,
  inlined,
  offeredActions,
  rulesOf,
  scriptKey,
  spokenVersion,
  type ContentParts,
  type StrategyParts,
} from '../domain/strategy-parts';
import { Segments } from '../peers/segments';
import { StrategyNeighbours } from '../peers/strategy-neighbours';
import { ActionRepository } from '../repositories/action.repository';
import { ScriptRepository } from '../repositories/script.repository';
import { WordLists } from './word-lists';

/** What a strategy refers to: our own catalogue, and what `customers`, `benefits`, `arbitration` and `leads` hold. */
@Injectable()
export class StrategyReferences {
  constructor(
    private readonly actions: ActionRepository,
    private readonly scripts: ScriptRepository,
    private readonly segments: Segments,
    private readonly neighbours: StrategyNeighbours,
    private readonly wordLists: WordLists,
  ) {}

  /** Everything it refers to that there is, whoever asks: whether it may is a finding. @throws the peers' errors */
  async load(content: StrategyContent, orgPath: string): Promise<StrategyParts> {
    const parts = await this.loadContent(content);
    const offered = offeredActions(content, parts);
    const treatments = offered.flatMap((action) => action.treatments);
    const stockIds = treatments.map(({ benefitStockId }) => benefitStockId).filter((id) => id !== '');
    const [stocks, quotas, queues, audienceSize] = await Promise.all([
      this.neighbours.findStocks(stockIds),
      this.neighbours.findQuotas(content.quotaUses.map(({ quotaId }) => quotaId)),
      this.neighbours.findQueues(queuesNamed(offered)),
      this.countAudience(content, orgPath, parts.segments),
    ]);
    return { ...parts, stocks, quotas, queues, audienceSize, wordLists: this.wordLists.all };
  }

  /** What it says and to whom, as far as there is. @throws the errors of `customers` */
  async loadContent(content: StrategyContent): Promise<ContentParts> {
    const actions = await this.actions.findMany(content.actionIds);
    const used = offeredActions(content, { actions });
    const cellScripts = content.cells.map(({ scriptId }) => scriptId).filter((id) => id !== '');
    const [scripts, segments] = await Promise.all([
      this.scripts.findHeads([...used.flatMap(scriptIdsOf), ...cellScripts]),
      this.segments.gather(rulesOf(content, used)),
    ]);
    const spoken = used.flatMap(scriptIdsOf).map((id) => scriptKey(id, spokenVersion(content, { scripts }, id)));
    return { actions, scripts, segments, scriptTexts: await this.scripts.findTexts(spoken) };
  }

  /**
   * What a draft must not name, for the caller to throw within the write: a repeat of a write that was done is not refused for
   * what is gone by now. ACTION_NOT_FOUND, SEGMENT_NOT_FOUND, or undefined.
   */
  async findMissing(content: StrategyContent): Promise<DomainError | undefined> {
    const actions = await this.actions.findMany(content.actionIds);
    const actionId = content.actionIds.find((id) => !actions.has(id));
    if (actionId !== undefined) return notFound('ACTION_NOT_FOUND', 'There is no such action.', { actionId });
    const { segmentId } = content;
    if (segmentId === '' || (await this.segments.find(segmentId)) !== undefined) return undefined;
    return notFound('SEGMENT_NOT_FOUND', 'There is no such segment.', { segmentId });
  }

  /** Null where there is no segment, a foreign one, or one that cannot be put together: that is a finding of its own. */
  private async countAudience(
    content: StrategyContent,
    orgPath: string,
    segments: ContentParts['segments'],
  ): Promise<number | null> {
    const audience = audienceOf(content);
    if (audience === null || this.isBroken(audience, segments)) return null;
    if (foreignSegments(audience, orgPath, { segments }).length > 0) return null;
    return this.neighbours.countCustomers(inlined(audience, { segments }), orgPath);
  }

  private isBroken(rule: Rule, segments: ContentParts['segments']): boolean {
    try {
      inlined(rule, { segments });
      return false;
    } catch (error) {
      if (error instanceof DomainError) return true;
      throw error;
    }
  }
}
