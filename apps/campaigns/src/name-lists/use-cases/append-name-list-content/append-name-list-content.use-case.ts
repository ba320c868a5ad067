import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../../actor-scope';
import { NO_UPLOAD, type NameList } from '../../domain/name-list';
import { withPiece } from '../../domain/list-upload';
import { ListFileRepository } from '../../repositories/list-file.repository';
import { NameListRepository } from '../../repositories/name-list.repository';
import type { AppendNameListContentInput } from './append-name-list-content.request';

/** Stores one piece of a list's file; after the last one the list is built. */
@Injectable()
export class AppendNameListContentUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly files: ListFileRepository,
  ) {}

  /**
   * @throws NAME_LIST_NOT_FOUND, NAME_LIST_NOT_RECEIVING, NAME_LIST_CHUNK_OUT_OF_ORDER, NAME_LIST_CONTENT_DIFFERS, NAME_LIST_TOO_LARGE,
   * ORG_OUT_OF_SCOPE, VALIDATION_FAILED
   */
  async execute(actor: Actor, { listId, ...piece }: AppendNameListContentInput): Promise<NameList> {
    return this.mongo.transaction(async (tx) => {
      const list = await this.lists.get(listId, tx);
      requireWork(actor, list.orgPath);
      const { state, upload } = list;
      // A list of another source has no file, and takes none: it is never receiving.
      const received = upload ?? NO_UPLOAD;
      const progress = { fileId: listId, chunkCount: received.pieceCount, state };
      if (!(await this.files.receive(progress, piece, tx))) return list;
      const next = withPiece(list, received, piece);
      await this.lists.save(next, tx);
      return next;
    });
  }
}
