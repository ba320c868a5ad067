import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { holdsAt } from '../../../definitions/domain/definition';
import { PersonRepository } from '../../../repositories/person.repository';
import type { GrowthAccount } from '../../domain/growth-account';
import { GrowthPlans } from '../../growth-plans';
import { GrowthBook, type Writing } from '../../repositories/growth-book';
import { growthKey, GrowthRepository, keyOfGrowth } from '../../repositories/growth.repository';

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
    private readonly persons: PersonRepository,
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
    // Read again in the transaction: an activity or another replica may have been here.
    const due = [...known.values()].filter(({ nextReviewAt }) => nextReviewAt <= now);
    const persons = await this.persons.find([...new Set(due.map(({ customerId }) => customerId))], tx);
    const otherKeys = due.flatMap(({ planId, customerId }) =>
      persons.othersOf(customerId).map((other) => growthKey(planId, other)),
    );
    const others = await this.growth.findAccounts([...new Set(otherKeys)], tx);
    const reviewed = new Map<string, GrowthAccount>();
    for (const account of due) {
      if (reviewed.has(keyOfGrowth(account))) continue;
      const plan = plans.get(account.planId);
      // A plan that is retired or over changes nobody's level.
      if (!plan || !holdsAt(plan.definition, now)) {
        const nextReviewAt = new Date(now.getTime() + NO_PLAN_PAUSE_MS);
        reviewed.set(keyOfGrowth(account), { ...account, nextReviewAt });
        continue;
      }
      const profiles = persons
        .othersOf(account.customerId)
        .flatMap((other) => others.get(growthKey(account.planId, other)) ?? [])
        .filter(({ level }) => level > 0);
      for (const each of this.book.review([account, ...profiles], plan, writing)) reviewed.set(keyOfGrowth(each), each);
    }
    await this.growth.saveAccounts([...reviewed.values()], new Set([...known.keys(), ...others.keys()]), tx);
    await this.book.owe(writing.owed, tx);
  }
}
