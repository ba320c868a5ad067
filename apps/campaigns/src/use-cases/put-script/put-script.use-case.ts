import { Injectable } from '@nestjs/common';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { ownerOf, requireDuty } from '../../actor-scope';
import { writeScript, type Script, type ScriptDraft } from '../../domain/script';
import { ScriptRepository } from '../../repositories/script.repository';
import type { PutScriptInput } from './put-script.request';

/** Adds a version of a talk script 话术. Strategies that are live keep the version they were published with. */
@Injectable()
export class PutScriptUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly scripts: ScriptRepository,
  ) {}

  /** @throws SCRIPT_VARIABLE_UNKNOWN, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, { requestId, script: input }: PutScriptInput): Promise<Script> {
    const orgPath = ownerOf(actor, input.orgPath, 'script.orgPath');
    const draft: ScriptDraft = { ...input, scriptId: input.scriptId || newId(), orgPath };
    return this.mongo.once({ scope: 'put-script', requestId, input: { ...input, by: actor.id } }, async (tx) => {
      const head = (await this.scripts.findHeads([draft.scriptId], tx)).get(draft.scriptId);
      if (head !== undefined) requireDuty(actor, 'draft', head.orgPath);
      const script = writeScript(head ?? null, draft, actor.id);
      await this.scripts.add(script, tx);
      return script;
    });
  }
}
