import { Injectable } from '@nestjs/common';
import { DomainError, notFound } from '@tidegate/errors';
import { scriptIdsOf } from '../domain/action';
import type { StrategyContent } from '../domain/strategy';
import { actionsOf, rulesOf, type StrategyParts } from '../domain/strategy-parts';
import { ActionRepository } from '../repositories/action.repository';
import { ScriptRepository } from '../repositories/script.repository';
import { SegmentRules } from '../peers/segment-rules';

/** What a strategy refers to: our own catalogue, and the segments of `customers`. */
@Injectable()
export class StrategyReferences {
  constructor(
    private readonly actions: ActionRepository,
    private readonly scripts: ScriptRepository,
    private readonly segments: SegmentRules,
  ) {}

  /** Everything it refers to that there is. @throws the peer's errors */
  async load(content: StrategyContent): Promise<StrategyParts> {
    const actions = await this.actions.findMany(content.actionIds);
    const used = actionsOf(content, { actions });
    const [scripts, segmentRules] = await Promise.all([
      this.scripts.findHeads(used.flatMap(scriptIdsOf)),
      this.segments.gather(rulesOf(content, used)),
    ]);
    return { actions, scripts, segmentRules };
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
}
