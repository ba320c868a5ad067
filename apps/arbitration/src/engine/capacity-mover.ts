import { Injectable } from '@nestjs/common';
import { CapacityMoved } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { event, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { holdIds, NO_OWNER, type Hold, type Owner } from '../domain/capacity';
import type { CapacityBook } from '../domain/capacity-book';
import { daysAhead } from '../domain/capacity-window';
import { isEnded } from '../domain/conversation';
import { asPerson, unknownCustomer } from '../domain/customer-state';
import { holdOf, type DecisionRecord } from '../domain/decision';
import { movePlaces, type MovePlaces } from '../domain/move-places';
import { movedTo, withMoved } from '../domain/promised-contact';
import type { Situation } from '../domain/situation';
import { CapacityRepository } from '../repositories/capacity.repository';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { DecisionRepository } from '../repositories/decision.repository';
import { toCapacityMoved } from './capacity-message';
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

  /** Decisions that hold nothing any more, and those whose contact has ended, are left alone. */
  async moveAll(
    moves: readonly CapacityMove[],
    { horizonDays, otherwise }: MoveOptions,
    tx: Transaction,
  ): Promise<void> {
    const found = await this.decisions.findMany(
      moves.map(({ decisionId }) => decisionId),
      tx,
    );
    const open = moves.flatMap((move) => {
      const decision = found.get(move.decisionId);
      return decision && isMovable(decision, otherwise) && isNews(move, decision) ? [{ move, decision }] : [];
    });
    if (open.length === 0) return;
    const now = this.clock.now();
    const situation = this.policies.situation(now);
    const { timeZone } = situation.policy;
    const customers = await this.customers.findPersons(
      open.map(({ decision }) => decision.customerId),
      tx,
    );
    const book = await this.capacities.openCapacity(
      {
        queues: new Set(moves.map(({ queue }) => queue)),
        window: daysAhead(timeZone, now, horizonDays),
        owners: moves.map(({ owner }) => owner),
      },
      tx,
      open.flatMap(({ decision }) => holdIds(holdOf(decision))),
    );
    const moved: DecisionRecord[] = [];
    const released: DecisionRecord[] = [];
    for (const { move, decision } of open) {
      const customer = customers.get(decision.customerId) ?? unknownCustomer(decision.customerId);
      // A lead that other people have already goes on, whatever the limits say.
      const options = { situation, isUnderWay: otherwise === 'none' };
      const places = movePlaces(book.openSlots(move.queue), decision, asPerson(customer, customers), options);
      const hold = takeInstead(book, move, decision, { otherwise, isMeant: places.isMeant });
      if (hold === null) {
        released.push(decision);
        continue;
      }
      const after = withHold(decision, move, { hold, promisedAt: places.promisedAtOf(hold.slot) }, situation);
      moved.push(after);
      // Seen by those moved after it.
      customers.set(customer.customerId, withMoved(customer, new Map([[after.decisionId, after]]), now));
    }
    await this.capacities.saveMany(book.toSave, tx);
    await this.decisions.saveHolds(moved, tx);
    const changed = [...new Set(moved.map(({ customerId }) => customerId))];
    await this.customers.saveMany(
      changed.flatMap((customerId) => customers.get(customerId) ?? []),
      'contacts',
      tx,
    );
    const freed = await this.recorder.freeAll(released, tx);
    for (const decision of moved) tx.emit(event(CapacityMoved, decision.decisionId, toCapacityMoved(decision, false)));
    for (const decision of freed) tx.emit(event(CapacityMoved, decision.decisionId, toCapacityMoved(decision, true)));
  }
}

function withHold(
  decision: DecisionRecord,
  move: CapacityMove,
  { hold: { pools, slot }, promisedAt }: { hold: Hold; promisedAt: Date | null },
  { now, policy }: Situation,
): DecisionRecord {
  const { leadMoveCount = decision.leadMoveCount } = move;
  const moves = { capacityMoveCount: movesOf(decision) + 1, leadMoveCount };
  const moved = { ...decision, ...moves, capacityPools: [...pools], capacitySlot: slot, promisedAt };
  return isUsed(decision) ? moved : movedTo(moved, now, policy);
}

const movesOf = ({ capacityMoveCount = 0 }: DecisionRecord): number => capacityMoveCount;

/** Somebody took the contact up: its unit is used already. */
const isUsed = ({ reservation }: DecisionRecord): boolean => reservation === 'committed';

/** What others compete for is moved while it is promised; with a lead that goes on to other people, until that has ended. */
const isMovable = (decision: DecisionRecord, otherwise: MoveOptions['otherwise']): boolean =>
  decision.reservation === 'reserved' || (otherwise === 'none' && isUsed(decision) && !isEnded(decision));

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
  { otherwise, isMeant }: Pick<MoveOptions, 'otherwise'> & Pick<MovePlaces, 'isMeant'>,
): Hold | null {
  const before = holdOf(decision);
  book.count(before, isUsed(decision) ? { reserved: 0, used: -1 } : { reserved: -1, used: 0 });
  const ofTeam: Owner = { personId: '', teamId: owner.teamId };
  const hold = [owner, ofTeam, NO_OWNER].reduce<Hold | null>(
    (found, whose) => found ?? book.reserve(queue, whose, isMeant),
    null,
  );
  if (hold !== null) {
    if (isUsed(decision)) book.count(hold, { reserved: -1, used: 1 });
    return hold;
  }
  if (otherwise === 'none') return { pools: [queue], slot: '' };
  // Given back with everything else that it reserved.
  book.count(before, { reserved: 1, used: 0 });
  return null;
}
