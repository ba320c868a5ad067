import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { PeriodicTasks } from '@tidegate/service';
import { PromiseSettler } from './promise-settler';
import { ShiftRepository } from './repositories/shift.repository';
import { ShiftPlanner } from './shift-planner';

const EVERY_MS = 60_000;
const PLANS_PER_READ = 100;

/** Plans each new day as it comes within reach, and goes on with what a crash cut short. Every replica looks; a second one changes nothing. */
@Injectable()
export class PlanDaysTask implements OnModuleInit {
  constructor(
    private readonly mongo: Mongo,
    private readonly shifts: ShiftRepository,
    private readonly planner: ShiftPlanner,
    private readonly settler: PromiseSettler,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(EVERY_MS, 'plan-days', () => this.execute());
  }

  async execute(): Promise<void> {
    for (let after = ''; ;) {
      const plans = await this.shifts.listPlans(PLANS_PER_READ, after);
      for (const plan of plans) {
        for (const day of await this.planner.unplannedDays(plan)) {
          await this.mongo.transaction((tx) => this.planner.planWholeDay(plan, day, tx));
        }
        await this.settler.settle(plan);
      }
      if (plans.length < PLANS_PER_READ) return;
      after = plans.at(-1)?.queue ?? '';
    }
  }
}
