import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import type { EventCounter } from '@tidegate/rules';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { rulesOf, type StrategySnapshot } from '../domain/compile-strategy';
import { countersAsked } from '../domain/past-facts';
import { EngagementPolicyRepository } from '../repositories/engagement-policy.repository';
import { StrategyRepository } from '../repositories/strategy.repository';
import { COUNTERS_MAX, keepsAll, sweepCounters, wantCounters } from './domain/counter-register';
import { CounterRegistrar } from './counter-registrar';

const SWEEP_MS = 30_000;
/** A paused strategy may go on at any time. */
const ASKING_STATES: readonly string[] = ['published', 'paused'];

const log = logger('past-facts');

/** Keeps the counters that rules ask for: those of published strategies and engagement policies, and of simulations under way. */
@Injectable()
export class CounterKeeper implements OnModuleInit {
  constructor(
    private readonly mongo: Mongo,
    private readonly registrar: CounterRegistrar,
    private readonly strategies: StrategyRepository,
    private readonly policies: EngagementPolicyRepository,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(SWEEP_MS, 'past facts', () => this.sweep());
  }

  /** Those of the strategies that may decide; one that finds no room leaves its rules unknown until there is. */
  async wantOf(snapshots: readonly StrategySnapshot[], tx: Transaction): Promise<void> {
    const asking = snapshots.filter(({ state }) => ASKING_STATES.includes(state));
    const asked = countersAsked(asking.flatMap(rulesOf));
    if (!(await this.take(asked, tx)))
      log.error({ asked: asked.length }, 'too many event counters: some rules stay unknown');
  }

  /** @throws EVENT_COUNTERS_FULL when there is no room for all of them */
  async want(rules: readonly unknown[], tx: Transaction): Promise<void> {
    if (await this.take(countersAsked(rules), tx)) return;
    throw new DomainError({
      code: 'RESOURCE_EXHAUSTED',
      reason: 'EVENT_COUNTERS_FULL',
      message: `Rules count past events in ${COUNTERS_MAX} ways already.`,
    });
  }

  /** Those that there is room for, the first ones first; half of all room stays free for rules in force. */
  async wantSome(rules: readonly unknown[], tx: Transaction): Promise<void> {
    await this.take(countersAsked(rules), tx, COUNTERS_MAX / 2);
  }

  /** Renews what is asked for and lets go of what is not. */
  async sweep(): Promise<void> {
    const snapshots = await this.strategies.listInStates(ASKING_STATES);
    const policies = await this.policies.all();
    const rules = policies.flatMap(({ eligibility, applicability, suitability }) => [
      eligibility,
      applicability,
      suitability,
    ]);
    await this.mongo.transaction(async (tx) => {
      await this.wantOf(snapshots, tx);
      await this.take(countersAsked(rules), tx);
      await this.registrar.change((register) => sweepCounters(register, this.clock.now()), tx);
    });
  }

  private async take(asked: readonly EventCounter[], tx: Transaction, countMax = COUNTERS_MAX): Promise<boolean> {
    if (asked.length === 0) return true;
    const now = this.clock.now();
    const register = await this.registrar.change((before) => wantCounters(before, asked, now, countMax), tx);
    return keepsAll(register, asked);
  }
}
