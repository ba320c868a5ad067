import { Injectable } from '@nestjs/common';
import { invalid, refused, type DomainError } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../../actor-scope';
import { receivePiece } from '../../domain/list-upload';
import type { NameList } from '../../domain/name-list';
import { ListUploadRepository } from '../../repositories/list-upload.repository';
import { NameListRepository } from '../../repositories/name-list.repository';
import type { AppendNameListContentInput } from './append-name-list-content.request';

const PIECE_BYTES_MAX = 1024 * 1024;

/** Stores one piece of a list's file; after the last one the list is built. */
@Injectable()
export class AppendNameListContentUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly uploads: ListUploadRepository,
  ) {}

  /**
   * @throws NAME_LIST_NOT_FOUND, NAME_LIST_NOT_RECEIVING, NAME_LIST_CHUNK_OUT_OF_ORDER, NAME_LIST_CONTENT_DIFFERS, NAME_LIST_TOO_LARGE,
   * ORG_OUT_OF_SCOPE, VALIDATION_FAILED
   */
  async execute(actor: Actor, { listId, sequence, content, isLast }: AppendNameListContentInput): Promise<NameList> {
    if (content.length > PIECE_BYTES_MAX) {
      throw invalid([{ field: 'content', description: `must have at most ${PIECE_BYTES_MAX} bytes` }]);
    }
    return this.mongo.transaction(async (tx) => {
      const list = await this.lists.get(listId, tx);
      requireWork(actor, list.orgPath);
      const next = receivePiece(list, { sequence, byteCount: content.length, isLast });
      if (next === list) {
        const known = await this.uploads.findPiece(listId, sequence);
        // Once the file has been read, its pieces are gone.
        if (known !== null && !known.equals(content)) throw differs(listId, sequence);
        return list;
      }
      await this.uploads.addPiece(listId, sequence, Buffer.from(content), tx);
      await this.lists.save(next, tx);
      return next;
    });
  }
}

/** A file that is sent again after a broken connection goes on where it was; another one must not be joined to it. */
const differs = (listId: string, sequence: number): DomainError =>
  refused(
    'NAME_LIST_CONTENT_DIFFERS',
    `Piece ${sequence} was received with other content: make another list of another file.`,
    {
      listId,
      sequence: String(sequence),
    },
  );
