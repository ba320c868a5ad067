import { Injectable } from '@nestjs/common';
import { notFound, type DomainError } from '@tidegate/errors';
import { Mongo, newId, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { parseRule } from '@tidegate/rules';
import { ownerOf, requireDuty } from '../../actor-scope';
import { scriptIdsOf, writeAction, type Action, type ActionDraft } from '../../domain/action';
import { engagementRulesOf, segmentsNamed } from '../../domain/strategy-parts';
import { Segments } from '../../peers/segments';
import { ActionRepository } from '../../repositories/action.repository';
import { ScriptRepository } from '../../repositories/script.repository';
import type { ActionInput, PutActionInput } from './put-action.request';

/** Creates or replaces an action of the offer catalogue. Strategies that are live keep the version they were published with. */
@Injectable()
export class PutActionUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly actions: ActionRepository,
    private readonly scripts: ScriptRepository,
    private readonly segments: Segments,
  ) {}

  /**
   * Whose the scripts and segments are is a finding of the strategy that uses it.
   * @throws RULE_INVALID, SCRIPT_VARIABLE_UNKNOWN, SCRIPT_NOT_FOUND, SEGMENT_NOT_FOUND, SEGMENTS_TOO_MANY, VERSION_CONFLICT, ORG_OUT_OF_SCOPE
   */
  async execute(actor: Actor, { requestId, action: input }: PutActionInput): Promise<Action> {
    const draft = draftOf(input, ownerOf(actor, input.orgPath, 'action.orgPath'));
    const missing = await this.findMissingSegment(draft);
    return this.mongo.once({ scope: 'put-action', requestId, input: { ...input, by: actor.id } }, async (tx) => {
      const current = await this.actions.find(draft.actionId, tx);
      if (current !== null) requireDuty(actor, 'draft', current.orgPath);
      const action = writeAction(current, draft, input.version, actor.id);
      await this.requireScripts(action, tx);
      if (missing !== undefined) throw missing;
      await this.actions.save(action, current === null, tx);
      return action;
    });
  }

  /** For the write to throw: it asks another service, and a repeat of a write that was done is not refused for what is gone by now. */
  private async findMissingSegment(draft: ActionDraft): Promise<DomainError | undefined> {
    const rules = engagementRulesOf(draft).filter((rule) => rule !== null);
    const known = await this.segments.gather(rules);
    const segmentId = segmentsNamed(rules).find((id) => !known.has(id));
    return segmentId === undefined
      ? undefined
      : notFound('SEGMENT_NOT_FOUND', 'There is no such segment.', { segmentId });
  }

  private async requireScripts(action: Action, tx: Transaction): Promise<void> {
    const scriptIds = scriptIdsOf(action);
    const known = await this.scripts.findHeads(scriptIds, tx);
    const scriptId = scriptIds.find((id) => !known.has(id));
    if (scriptId !== undefined) throw notFound('SCRIPT_NOT_FOUND', 'There is no such script.', { scriptId });
  }
}

function draftOf({ version: _version, ...input }: ActionInput, orgPath: string): ActionDraft {
  const rule = (name: 'eligibility' | 'applicability' | 'suitability') => {
    const given = input[name];
    return given === undefined ? null : parseRule(given, `action.${name}`);
  };
  return {
    ...input,
    actionId: input.actionId || newId(),
    eligibility: rule('eligibility'),
    applicability: rule('applicability'),
    suitability: rule('suitability'),
    orgPath,
  };
}
