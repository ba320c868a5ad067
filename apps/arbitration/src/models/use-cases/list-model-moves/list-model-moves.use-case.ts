import { Injectable } from '@nestjs/common';
import { decodeNumberToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { ModelMove } from '../../../domain/models/model-move';
import { ModelMoveRepository } from '../../repositories/model-move.repository';
import type { ListModelMovesInput } from './list-model-moves.request';

/** What was ever changed in a slot, newest first. */
@Injectable()
export class ListModelMovesUseCase {
  constructor(private readonly moves: ModelMoveRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(input: ListModelMovesInput): Promise<{ moves: ModelMove[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const [below] = decodeNumberToken(input.pageToken) ?? [];
    const moves = await this.moves.list(input.slot, { limit, below });
    const last = moves.length === limit ? moves.at(-1) : undefined;
    return { moves, nextPageToken: last ? encodePageToken([String(last.number)]) : '' };
  }
}
