import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { listScope } from '../../actor-scope';
import type { Script } from '../../domain/script';
import { scriptKey } from '../../domain/strategy-parts';
import { ScriptRepository } from '../../repositories/script.repository';

/** Scripts that the actor may use or sees below, in id order, each in its newest version. */
@Injectable()
export class ListScriptsUseCase {
  constructor(private readonly scripts: ScriptRepository) {}

  /** @throws STAFF_ONLY, PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    page: { pageSize: number; pageToken: string },
  ): Promise<{ scripts: Script[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const after = decodePageToken(page.pageToken)?.[0];
    const heads = await this.scripts.listHeads(limit, { scope: listScope(actor), after });
    const keys = heads.map(({ scriptId, version }) => scriptKey(scriptId, version));
    const texts = await this.scripts.findTexts(keys);
    const last = heads.length === limit ? heads.at(-1) : undefined;
    return {
      scripts: keys.flatMap((key) => texts.get(key) ?? []),
      nextPageToken: last ? encodePageToken([last.scriptId]) : '',
    };
  }
}
