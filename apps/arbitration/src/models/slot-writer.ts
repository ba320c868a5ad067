import { Injectable } from '@nestjs/common';
import { ModelSlotChanged } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { notFound, refused } from '@tidegate/errors';
import { event, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import type { Stage } from '../domain/models/model-life';
import type { ModelMove, MoveState } from '../domain/models/model-move';
import { idOf, type ModelRef, type ModelSlot } from '../domain/models/model-slot';
import { HeldState } from '../engine/held-state';
import { ModelSlotRepository } from '../repositories/model-slot.repository';
import { RevisionRepository } from '../repositories/revision.repository';
import { ModelMoveRepository } from './repositories/model-move.repository';

/** A change that needed no second person. */
interface DoneChange {
  model: ModelRef;
  from: Stage;
  to: ModelMove['to'];
  state: MoveState;
  by: string;
  reason?: string;
}

/** A change that waits for a second person. */
export type Proposal = Pick<
  ModelMove,
  'slot' | 'moveId' | 'model' | 'from' | 'to' | 'challengerBasisPoints' | 'reason' | 'proposedBy'
> &
  Pick<ModelMove, 'settings' | 'opening'>;

/** Writes a changed slot so that every replica hears of it, and keeps who did what. */
@Injectable()
export class SlotWriter {
  constructor(
    private readonly slots: ModelSlotRepository,
    private readonly moves: ModelMoveRepository,
    private readonly revisions: RevisionRepository,
    private readonly held: HeldState,
    private readonly clock: Clock,
  ) {}

  /** @throws MODEL_SLOT_NOT_FOUND */
  async get(slot: string, tx: Transaction): Promise<ModelSlot> {
    const found = await this.slots.find(slot, tx);
    if (found === null) throw notFound('MODEL_SLOT_NOT_FOUND', 'There is no model slot of this name.');
    return found;
  }

  /** Within the transaction of the change; the slot's document is the guard against two at once. */
  async save(slot: ModelSlot, tx: Transaction): Promise<void> {
    await this.slots.save(slot, tx);
    await this.revisions.bump('models', tx);
    tx.emit(event(ModelSlotChanged, slot.slot, { slot: slot.slot, version: slot.version }));
  }

  /** Keeps a change that waits; one waits at a time in a slot. @throws MODEL_MOVE_PENDING */
  async propose(proposal: Proposal, tx: Transaction): Promise<ModelMove> {
    const last = await this.moves.findLast(proposal.slot, tx);
    if (last?.state === 'pending') throw refused('MODEL_MOVE_PENDING', 'Another move waits in this slot.');
    const open = { state: 'pending' as const, settledBy: '', settledAt: null, note: '', slotVersion: 0 };
    const move: ModelMove = { ...proposal, number: (last?.number ?? 0) + 1, proposedAt: this.clock.now(), ...open };
    await this.moves.add(move, tx);
    return move;
  }

  /** Keeps a change that is settled with the call; what waits is dropped by a roll-back alone. */
  async recordDone(slot: ModelSlot, { model, from, to, state, by, reason = '' }: DoneChange, tx: Transaction) {
    const now = this.clock.now();
    const last = await this.moves.findLast(slot.slot, tx);
    // The waiting move stays the newest, so that it is found.
    const isWaiting = last?.state === 'pending';
    const number = (last?.number ?? 0) + (isWaiting ? 0 : 1);
    if (isWaiting) await this.moves.add({ ...last, number: last.number + 1 }, tx);
    const move: ModelMove = {
      slot: slot.slot,
      number,
      moveId: `${slot.slot}-${idOf(model)}-${slot.version}`,
      model,
      from,
      to,
      challengerBasisPoints: 0,
      reason,
      proposedBy: by,
      proposedAt: now,
      state,
      settledBy: by,
      settledAt: now,
      note: '',
      slotVersion: slot.version,
    };
    await (isWaiting ? this.moves.save(move, tx) : this.moves.add(move, tx));
    return move;
  }

  /** @throws MODEL_NOT_FOUND when a trained model is not stored, or is of the other kind. */
  async requireModel(ref: ModelRef, tx: Transaction): Promise<void> {
    if (ref.kind === 'adaptive' || (await this.slots.findModel(ref.modelId, tx))?.kind === ref.kind) return;
    throw notFound('MODEL_NOT_FOUND', 'There is no model of this kind and id.', { modelId: ref.modelId });
  }

  /** This replica uses it at once; the others heard of it. */
  refresh(): Promise<void> {
    return this.held.refresh();
  }
}

export const toRef = ({ kind, modelId }: { kind: ModelRef['kind']; modelId: string }): ModelRef =>
  kind === 'adaptive' ? { kind } : { kind, modelId };
