import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { holdsAt } from '../../../definitions/domain/definition';
import { GrowthPlans } from '../../growth-plans';
import { GrowthBook, type Writing } from '../../repositories/growth-book';
import { GrowthRepository } from '../../repositories/growth.repository';

const EVERY_MS = 5_000;
const BATCH_MAX = 250;
const NO_PLAN_PAUSE_MS = 24 * 3600 * 1000;

/** Reviews levels that time has changed: months that count no more, graces that end, benefits of a new month. */
@Injectable()
export class ReviewLevelsUseCase implements OnModuleInit {
  constructor(
    private readonly mongo: Mongo,
    private readonly plans: GrowthPlans,
    private readonly growth: GrowthRepository,
    private readonly book: GrowthBook,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(EVERY_MS, 'review-levels', () => this.execute());
  }

  /** All that is due, in bounded batches. */
  async execute(): Promise<void> {
    const now = this.clock.now();
    for (;;) {
      const keys = await this.growth.listDue(now, BATCH_MAX);
      if (keys.length > 0) await this.mongo.transaction((tx) => this.review(keys, now, tx));
      if (keys.length < BATCH_MAX || this.tasks.isStopped) return;
    }
  }

  private async review(keys: string[], now: Date, tx: Transaction): Promise<void> {
    const plans = new Map((await this.plans.active()).map((plan) => [plan.definition.definitionId, plan]));
    const known = await this.growth.findAccounts(keys, tx);
    const writing: Writing = { now, tx, owed: [] };
    const reviewed = [...known.values()]
      // Read again in the transaction: an activity or another replica may have been here.
      .filter(({ nextReviewAt }) => nextReviewAt <= now)
      .map((account) => {
        const plan = plans.get(account.planId);
        // A plan that is retired or over changes nobody's level.
        if (!plan || !holdsAt(plan.definition, now))
          return { ...account, nextReviewAt: new Date(now.getTime() + NO_PLAN_PAUSE_MS) };
        return this.book.review(account, plan, writing);
      });
    await this.growth.saveAccounts(reviewed, known, tx);
    await this.book.owe(writing.owed, tx);
  }
}
