import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { decodeNumberToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireUse } from '../../actor-scope';
import type { Script } from '../../domain/script';
import { scriptKey } from '../../domain/strategy-parts';
import type { PageOfInput } from '../../requests/page-of.request';
import { ScriptRepository } from '../../repositories/script.repository';

/** Versions of a script, newest first. */
@Injectable()
export class ListScriptVersionsUseCase {
  constructor(private readonly scripts: ScriptRepository) {}

  /** @throws SCRIPT_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(actor: Actor, input: PageOfInput): Promise<{ scripts: Script[]; nextPageToken: string }> {
    const { id: scriptId } = input;
    const head = (await this.scripts.findHeads([scriptId])).get(scriptId);
    if (head === undefined) throw notFound('SCRIPT_NOT_FOUND', 'There is no such script.', { scriptId });
    requireUse(actor, head.orgPath);
    const limit = pageSize(input.pageSize, { max: 100, fallback: 20 });
    const [from = head.version] = decodeNumberToken(input.pageToken) ?? [];
    const keys = Array.from({ length: Math.max(0, Math.min(limit, from)) }, (_, i) => scriptKey(scriptId, from - i));
    const texts = await this.scripts.findTexts(keys);
    const next = from - keys.length;
    return {
      scripts: keys.flatMap((key) => texts.get(key) ?? []),
      nextPageToken: next > 0 ? encodePageToken([String(next)]) : '',
    };
  }
}
