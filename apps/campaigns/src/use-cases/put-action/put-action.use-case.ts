import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, newId, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { parseRule } from '@tidegate/rules';
import { ownerOf, requireDuty } from '../../actor-scope';
import { scriptIdsOf, writeAction, type Action, type ActionDraft } from '../../domain/action';
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
  ) {}

  /** @throws RULE_INVALID, SCRIPT_VARIABLE_UNKNOWN, SCRIPT_NOT_FOUND, VERSION_CONFLICT, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, { requestId, action: input }: PutActionInput): Promise<Action> {
    const draft = draftOf(input, ownerOf(actor, input.orgPath, 'action.orgPath'));
    return this.mongo.once({ scope: 'put-action', requestId, input: { ...input, by: actor.id } }, async (tx) => {
      const current = await this.actions.find(draft.actionId, tx);
      if (current !== null) requireDuty(actor, 'draft', current.orgPath);
      const action = writeAction(current, draft, input.version, actor.id);
      await this.requireScripts(action, tx);
      await this.actions.save(action, current === null, tx);
      return action;
    });
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
