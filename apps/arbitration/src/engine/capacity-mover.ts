import { Injectable } from '@nestjs/common';
import { CapacityMoved } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { event, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { holdIds, teamOfHold, type Hold, type Owner } from '../domain/capacity';
import type { CapacityBook } from '../domain/capacity-book';
import { daysAhead, promisedAtOf } from '../domain/capacity-window';
import { holdOf, type DecisionRecord } from '../domain/decision';
import { movedTo, withMoved } from '../domain/promised-contact';
import { CapacityRepository } from '../repositories/capacity.repository';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { DecisionRepository } from '../repositories/decision.repository';
import { OutcomeRecorder } from './outcome-recorder';
import { PolicyHolder } from './policy-holder';

/** Where a decision's unit of people's time shall be taken from now on. */
export interface CapacityMove {
  decisionId: string;
  queue: string;
  /** Whose own units are wanted, where he works in the queue. */
  owner: Owner;
  /** The how manyth move of the lead it follows: one that is not after the last is out of date. Absent where it follows no lead. */
  leadMoveCount?: number;
  /** Nothing moves where the unit is of that queue already. */
  isOnlyElsewhere?: boolean;
}

export interface MoveOptions {
  /** Days beyond today that may be promised. */
  horizonDays: number;
  /** What is to become of a decision that no unit is left for: it goes on without one, or is given up. */
  otherwise: 'none' | 'release';
}

/**
 * Moves what decisions hold of people's time: the one unit goes back and the other is taken in one transaction, and never one that is not there.
 * Who has no unit left of his own person takes one of the team, else of anybody.
 */
@Injectable()
export class CapacityMover {
  constructor(
    private readonly decisions: DecisionRepository,
    private readonly customers: CustomerStateRepository,
    private readonly capacities: CapacityRepository,
    private readonly recorder: OutcomeRecorder,
    private readonly policies: PolicyHolder,
    private readonly clock: Clock,
  ) {}

  /** Decisions that hold nothing any more are left alone. */
  async moveAll(moves: readonly CapacityMove[], options: MoveOptions, tx: Transaction): Promise<void> {
    const found = await this.decisions.findMany(
      moves.map(({ decisionId }) => decisionId),
      tx,
    );
    const open = moves.flatMap((move) => {
      const decision = found.get(move.decisionId);
      return decision?.reservation === 'reserved' && isNews(move, decision) ? [{ move, decision }] : [];
    });
    if (open.length === 0) return;
    const now = this.clock.now();
    const { timeZone } = this.policies.current;
    const book = await this.capacities.openCapacity(
      {
        queues: new Set(moves.map(({ queue }) => queue)),
        window: daysAhead(timeZone, now, options.horizonDays),
        owners: moves.map(({ owner }) => owner),
      },
      tx,
      open.flatMap(({ decision }) => holdIds(holdOf(decision))),
    );
    const moved: DecisionRecord[] = [];
    const released: DecisionRecord[] = [];
    for (const { move, decision } of open) {
      const hold = takeInstead(book, move, decision, options);
      if (hold === null) released.push(decision);
      else moved.push(this.withHold(decision, move, hold, now));
    }
    await this.capacities.saveMany(book.toSave, tx);
    await this.decisions.saveHolds(moved, tx);
    await this.moveContacts(moved, now, tx);
    await this.recorder.freeAll(released, tx);
    for (const decision of moved) tx.emit(event(CapacityMoved, decision.decisionId, toMessage(decision, false)));
    for (const decision of released) tx.emit(event(CapacityMoved, decision.decisionId, toMessage(decision, true)));
  }

  private withHold(decision: DecisionRecord, move: CapacityMove, { pools, slot }: Hold, now: Date): DecisionRecord {
    const { policies } = this;
    const promisedAt = promisedAtOf(slot, { policy: policies.current, now });
    const { leadMoveCount = decision.leadMoveCount } = move;
    const moves = { capacityMoveCount: movesOf(decision) + 1, leadMoveCount };
    const moved = { ...decision, ...moves, capacityPools: [...pools], capacitySlot: slot, promisedAt };
    return movedTo(moved, now, policies.current);
  }

  /** The contact follows, and runs out with the reservation. */
  private async moveContacts(moved: readonly DecisionRecord[], now: Date, tx: Transaction): Promise<void> {
    const byId = new Map(moved.map((decision) => [decision.decisionId, decision]));
    const customers = await this.customers.findMany(
      moved.map(({ customerId }) => customerId),
      tx,
    );
    const changed = [...customers.values()].map((customer) => withMoved(customer, byId, now));
    await this.customers.saveMany(changed, 'contacts', tx);
  }
}

const movesOf = ({ capacityMoveCount = 0 }: DecisionRecord): number => capacityMoveCount;

function isNews({ queue, leadMoveCount, isOnlyElsewhere }: CapacityMove, decision: DecisionRecord): boolean {
  if (isOnlyElsewhere === true && holdOf(decision).pools[0] === queue) return false;
  // Counts that were not told yet are 0, as is that of a decision that followed none.
  return !leadMoveCount || leadMoveCount > (decision.leadMoveCount ?? 0);
}

/** Null for a decision to be given up. */
function takeInstead(
  book: CapacityBook,
  { queue, owner }: CapacityMove,
  decision: DecisionRecord,
  { otherwise }: MoveOptions,
): Hold | null {
  const before = holdOf(decision);
  book.count(before, { reserved: -1, used: 0 });
  const ofTeam: Owner = { personId: '', teamId: owner.teamId };
  const hold = book.reserve(queue, owner) ?? book.reserve(queue, ofTeam) ?? book.reserve(queue);
  if (hold !== null) return hold;
  if (otherwise === 'none') return { pools: [queue], slot: '' };
  // Given back with everything else that it reserved.
  book.count(before, { reserved: 1, used: 0 });
  return null;
}

const toMessage = (decision: DecisionRecord, isReleased: boolean): CapacityMoved => ({
  decisionId: decision.decisionId,
  customerId: decision.customerId,
  queue: holdOf(decision).pools[0] ?? '',
  teamId: isReleased ? '' : teamOfHold(holdOf(decision)),
  capacitySlot: isReleased ? '' : decision.capacitySlot,
  promisedAt: isReleased ? undefined : (decision.promisedAt ?? undefined),
  isReleased,
  moveCount: isReleased ? movesOf(decision) + 1 : movesOf(decision),
});
