import { Injectable } from '@nestjs/common';
import { decodeNumberToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../../actor-scope';
import type { LineError } from '../../domain/list-upload';
import { ListUploadRepository } from '../../repositories/list-upload.repository';
import { NameListRepository } from '../../repositories/name-list.repository';

/** The lines of a list's file that were refused, by line. */
@Injectable()
export class ListNameListErrorsUseCase {
  constructor(
    private readonly lists: NameListRepository,
    private readonly uploads: ListUploadRepository,
  ) {}

  /** @throws NAME_LIST_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    input: { listId: string; pageSize: number; pageToken: string },
  ): Promise<{ errors: LineError[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 1_000, fallback: 200 });
    const [after = 0] = decodeNumberToken(input.pageToken) ?? [];
    requireWork(actor, (await this.lists.get(input.listId)).orgPath);
    const errors = await this.uploads.listErrors(input.listId, limit, after);
    const last = errors.length === limit ? errors.at(-1) : undefined;
    return { errors, nextPageToken: last ? encodePageToken([String(last.line)]) : '' };
  }
}
