import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { listScope } from '../../actor-scope';
import type { Action } from '../../domain/action';
import { ActionRepository } from '../../repositories/action.repository';

/** The catalogue that the actor may use, in id order. */
@Injectable()
export class ListActionsUseCase {
  constructor(private readonly actions: ActionRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    page: { pageSize: number; pageToken: string },
  ): Promise<{ actions: Action[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const after = decodePageToken(page.pageToken)?.[0];
    const actions = await this.actions.list(limit, { scope: listScope(actor), after });
    const last = actions.length === limit ? actions.at(-1) : undefined;
    return { actions, nextPageToken: last ? encodePageToken([last.actionId]) : '' };
  }
}
