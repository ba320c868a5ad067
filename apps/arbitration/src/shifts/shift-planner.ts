import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { capacityId, poolOf, type Capacity } from '../domain/capacity';
import { dayAfter, localDate } from '../domain/local-time';
import { PolicyHolder } from '../engine/policy-holder';
import { CapacityRepository } from '../repositories/capacity.repository';
import { planDay } from './domain/plan-day';
import { SHIFTS_MAX, type Shift, type ShiftPlan } from './domain/shift';
import { ShiftRepository } from './repositories/shift.repository';

/** Gives a queue's days ahead the units that its shifts make. */
@Injectable()
export class ShiftPlanner {
  constructor(
    private readonly shifts: ShiftRepository,
    private readonly capacities: CapacityRepository,
    private readonly policies: PolicyHolder,
    private readonly clock: Clock,
  ) {}

  get today(): string {
    return localDate(this.policies.current.timeZone, this.clock.now());
  }

  daysAheadOf({ daysAhead }: ShiftPlan): string[] {
    return Array.from({ length: daysAhead + 1 }, (_, ahead) => dayAfter(this.today, ahead));
  }

  /** @throws SHIFT_PLAN_NOT_FOUND */
  async getPlan(queue: string, tx?: Transaction): Promise<ShiftPlan> {
    const plan = await this.shifts.findPlan(queue, tx);
    if (plan === null) throw notFound('SHIFT_PLAN_NOT_FOUND', 'No shifts are planned for this queue.', { queue });
    return plan;
  }

  /** Plans the days of the people and teams whose shifts changed, with the queue's own, in the transaction of the change. */
  async planPools(plan: ShiftPlan, changed: ReadonlySet<string>, tx: Transaction): Promise<void> {
    const shifts = await this.shifts.list(plan.queue, SHIFTS_MAX, { tx });
    const days = this.daysAheadOf(plan);
    const pools = [plan.queue, ...changed];
    const ids = days.flatMap((day) => pools.map((pool) => capacityId(pool, day)));
    const held = await this.capacities.findMany(ids, tx);
    const planned = days.flatMap((day) => planDay(plan, shifts, day, held, this.policies.calendar) ?? []);
    const isWanted = ({ queue }: Capacity): boolean => queue === plan.queue || changed.has(queue);
    await this.capacities.saveMany(planned.filter(isWanted), tx);
  }

  /** Plans one day of everybody. */
  async planWholeDay(plan: ShiftPlan, day: string, tx: Transaction): Promise<void> {
    const shifts = await this.shifts.list(plan.queue, SHIFTS_MAX, { tx });
    const pools = [plan.queue, ...shifts.flatMap(poolsOfShift)];
    const held = await this.capacities.findMany(
      [...new Set(pools)].map((pool) => capacityId(pool, day)),
      tx,
    );
    await this.capacities.saveMany(planDay(plan, shifts, day, held, this.policies.calendar) ?? [], tx);
  }

  /** Days ahead that were not planned yet. */
  async unplannedDays(plan: ShiftPlan): Promise<string[]> {
    const days = this.daysAheadOf(plan);
    const known = await this.capacities.findMany(days.map((day) => capacityId(plan.queue, day)));
    return days.filter((day) => {
      const capacity = known.get(capacityId(plan.queue, day));
      if (capacity === undefined) return true;
      // A plan that was cut short in the middle goes on.
      const isTaken = capacity.reserved + capacity.used > 0;
      return capacity.parts !== undefined && !isTaken && capacity.slotMinutes !== plan.slotMinutes;
    });
  }
}

/** Pools beside the queue's own that a shift gives units to. */
export const poolsOfShift = ({ queue, personId, teamId }: Shift): string[] => [
  poolOf(queue, 'person', personId),
  ...(teamId === '' ? [] : [poolOf(queue, 'team', teamId)]),
];
