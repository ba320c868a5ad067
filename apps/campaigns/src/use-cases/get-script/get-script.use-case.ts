import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { requireUse } from '../../actor-scope';
import type { Script } from '../../domain/script';
import { ScriptRepository } from '../../repositories/script.repository';

@Injectable()
export class GetScriptUseCase {
  constructor(private readonly scripts: ScriptRepository) {}

  /** @param version 0 for the newest. @throws SCRIPT_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, scriptId: string, version: number): Promise<Script> {
    const head = (await this.scripts.findHeads([scriptId])).get(scriptId);
    const script = head && (await this.scripts.find(scriptId, version || head.version));
    if (!script) throw notFound('SCRIPT_NOT_FOUND', 'There is no such script.', { scriptId });
    requireUse(actor, script.orgPath);
    return script;
  }
}
