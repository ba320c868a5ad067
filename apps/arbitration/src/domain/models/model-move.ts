import type { ProposedMove, Stage } from './model-life';
import type { ModelSlot, SlotSettings } from './model-slot';

export type MoveState = 'pending' | 'approved' | 'rejected' | 'withdrawn' | 'rolled_back' | 'dropped' | 'configured';

/** A move of a model in a slot, waiting or settled, or another change of the slot: who, when and why. Never changed once settled. */
export interface ModelMove extends ProposedMove {
  slot: string;
  /** Of the slot's moves, from 1. */
  number: number;
  moveId: string;
  from: Stage;
  /** Of a change of settings: the champion stays. */
  settings?: SlotSettings;
  /** Of the move that opens the slot: as it will be. */
  opening?: ModelSlot;
  reason: string;
  proposedBy: string;
  proposedAt: Date;
  state: MoveState;
  settledBy: string;
  settledAt: Date | null;
  note: string;
  /** Of the slot after it; 0 while it waits. */
  slotVersion: number;
}
