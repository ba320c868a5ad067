import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { capacityId, partSlot, teamOfHold, type Owner } from '../domain/capacity';
import { holdOf, type DecisionRecord } from '../domain/decision';
import { minuteOfDay } from '../domain/local-time';
import { CapacityMover, type CapacityMove } from '../engine/capacity-mover';
import { PolicyHolder } from '../engine/policy-holder';
import { CapacityRepository } from '../repositories/capacity.repository';
import { DecisionRepository } from '../repositories/decision.repository';
import { overbookedOf, type Overbooked } from './domain/plan-day';
import type { ShiftPlan } from './domain/shift';
import { ShiftRepository } from './repositories/shift.repository';
import { ShiftPlanner } from './shift-planner';

const DECISIONS_MAX = 200;
const BATCHES_MAX = 1_000;

/**
 * Moves promises of units that are gone to the next free slots of the queue: what is worth least goes first, of a person's customers to his own
 * slots if he has any, else to those of his team, else to anybody's. What no slot of the days ahead is left for is given up.
 */
@Injectable()
export class PromiseSettler {
  constructor(
    private readonly mongo: Mongo,
    private readonly shifts: ShiftRepository,
    private readonly planner: ShiftPlanner,
    private readonly capacities: CapacityRepository,
    private readonly decisions: DecisionRepository,
    private readonly mover: CapacityMover,
    private readonly policies: PolicyHolder,
    private readonly clock: Clock,
  ) {}

  /** In batches, each a transaction; may be asked again at any time, and by several at once. */
  async settle(plan: ShiftPlan): Promise<void> {
    for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
      const isDone = await this.mongo.transaction((tx) => this.settleBatch(plan, tx));
      if (isDone) return;
    }
  }

  private async settleBatch(plan: ShiftPlan, tx: Transaction): Promise<boolean> {
    const pools = await this.shifts.findUnsettled(plan.queue, tx);
    if (pools.length === 0) return true;
    const over = await this.overbooked(plan, pools, tx);
    for (const one of over) {
      const moves = await this.movesOf(plan, one, tx);
      if (moves.length === 0) continue;
      await this.mover.moveAll(moves, { horizonDays: plan.daysAhead, otherwise: 'release' }, tx);
      return false;
    }
    await this.shifts.markSettled(plan.queue, pools, tx);
    return true;
  }

  private async overbooked(plan: ShiftPlan, pools: readonly string[], tx: Transaction): Promise<Overbooked[]> {
    const days = this.planner.daysAheadOf(plan);
    const ids = days.flatMap((day) => pools.map((pool) => capacityId(pool, day)));
    const found = await this.capacities.findMany(ids, tx);
    const minute = minuteOfDay(this.policies.current.timeZone, this.clock.now());
    // People first: moving their customers may be all that the queue needs.
    return [...found.values()]
      .flatMap((capacity) => overbookedOf(capacity, capacity.slot === days[0] ? minute : 0))
      .sort((left, right) => right.queue.length - left.queue.length);
  }

  private async movesOf(plan: ShiftPlan, over: Overbooked, tx: Transaction): Promise<CapacityMove[]> {
    const slot = partSlot(over.day, over.fromMinute);
    const held = await this.decisions.listHolding(over.queue, slot, tx);
    return held
      .sort((left, right) => (left.priority?.score ?? 0) - (right.priority?.score ?? 0))
      .slice(0, Math.min(over.excess, DECISIONS_MAX))
      .map((decision) => ({ decisionId: decision.decisionId, queue: plan.queue, owner: ownerOfPromise(decision) }));
  }
}

/** Of a person whose customer is of no team, the team that he was in when the unit was promised. */
const ownerOfPromise = (decision: DecisionRecord): Owner => ({
  personId: decision.ownerId ?? '',
  teamId: decision.teamId || teamOfHold(holdOf(decision)),
});
