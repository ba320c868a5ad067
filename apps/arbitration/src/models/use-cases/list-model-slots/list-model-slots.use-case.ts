import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { ModelMove } from '../../../domain/models/model-move';
import type { ModelSlot } from '../../../domain/models/model-slot';
import { ModelSlotRepository } from '../../../repositories/model-slot.repository';
import { ModelMoveRepository } from '../../repositories/model-move.repository';
import type { ListModelSlotsInput } from './list-model-slots.request';

/** A slot, or one that waits to be opened, with what waits for a second person. */
export interface ListedSlot {
  name: string;
  slot?: ModelSlot;
  pendingMove?: ModelMove;
}

/** Pages all model slots in the order of their names, those among them that wait to be opened. */
@Injectable()
export class ListModelSlotsUseCase {
  constructor(
    private readonly slots: ModelSlotRepository,
    private readonly moves: ModelMoveRepository,
  ) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(input: ListModelSlotsInput): Promise<{ slots: ListedSlot[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const [after = ''] = decodePageToken(input.pageToken) ?? [];
    const listed = new Map<string, ListedSlot>();
    for (const slot of await this.slots.listAfter(after, limit)) listed.set(slot.slot, { name: slot.slot, slot });
    // One waits at a time in a slot: of the first names none lacks its own.
    for (const pendingMove of await this.moves.listPending(after, limit)) {
      const name = pendingMove.slot;
      listed.set(name, { ...(listed.get(name) ?? { name }), pendingMove });
    }
    const slots = [...listed.values()].sort((left, right) => (left.name < right.name ? -1 : 1)).slice(0, limit);
    const last = slots.length === limit ? slots.at(-1) : undefined;
    return { slots, nextPageToken: last ? encodePageToken([last.name]) : '' };
  }
}
