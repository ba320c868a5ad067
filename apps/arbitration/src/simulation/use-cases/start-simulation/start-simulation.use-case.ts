import { Injectable } from '@nestjs/common';
import { DomainError, invalid } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { compileStrategy, rulesOf, type StrategySnapshot } from '../../../domain/compile-strategy';
import { CounterKeeper } from '../../../past-facts/counter-keeper';
import { startSimulation, type Simulation } from '../../domain/simulation';
import { datedConditions, requireConditions } from '../../domain/moment-plan';
import { dayOf, momentOfDay } from '../../domain/simulation-days';
import { SimulationRepository } from '../../repositories/simulation.repository';
import { SimulatedBase } from '../../simulated-base';
import { SimulationWorker } from '../../simulation-worker';
import type { StartSimulationInput } from './start-simulation.request';

const DEFAULT_DAYS = 7;
const DEFAULT_CUSTOMERS = 20_000;
const CUSTOMERS_MIN = 100;
/** Waiting or under way in the whole bank. */
const RUNNING_MAX = 20;

/** Takes a draft in to be simulated in the background. */
@Injectable()
export class StartSimulationUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly simulations: SimulationRepository,
    private readonly base: SimulatedBase,
    private readonly worker: SimulationWorker,
    private readonly clock: Clock,
    private readonly keeper: CounterKeeper,
  ) {}

  /** @throws VALIDATION_FAILED, RULE_INVALID, ORG_OUT_OF_SCOPE, SIMULATIONS_BUSY, EVENT_COUNTERS_FULL, REQUEST_ID_REUSED */
  async execute(
    actor: Actor,
    { requestId, dayCount, customerCountMax }: StartSimulationInput,
    snapshot: StrategySnapshot | null,
  ): Promise<Simulation> {
    if (snapshot === null) throw invalid([{ field: 'snapshot', description: 'is missing' }]);
    if (customerCountMax > 0 && customerCountMax < CUSTOMERS_MIN) {
      throw invalid([{ field: 'customerCountMax', description: `must be at least ${CUSTOMERS_MIN}` }]);
    }
    requireOrgScope(actor, snapshot.orgPath);
    // What cannot be compiled is refused at once, not in the background.
    const { ruleContext } = this.base;
    compileStrategy(snapshot, ruleContext);
    requireConditions(snapshot.momentRules ?? [], ruleContext);
    const input = { dayCount, customerCountMax, snapshot: JSON.stringify(snapshot), by: actor.id };
    const simulation = await this.mongo.once({ scope: 'start-simulation', requestId, input }, async (tx) => {
      await this.refuseTooMany();
      const { zone } = this.base;
      const now = this.clock.now();
      const next = startSimulation(
        {
          simulationId: newId(),
          snapshot,
          firstDay: dayOf(zone, momentOfDay(zone, now, snapshot.startsAt, 0)),
          dayCount: dayCount || DEFAULT_DAYS,
          customerCountMax: customerCountMax || DEFAULT_CUSTOMERS,
          startedBy: actor.id,
        },
        now,
      );
      await this.keeper.want(rulesOf(snapshot), tx);
      const live = this.base.liveStrategies().flatMap(({ momentRules }) => momentRules);
      await this.keeper.wantSome(datedConditions([...(snapshot.momentRules ?? []), ...live]), tx);
      await this.simulations.add(next, tx);
      return next;
    });
    this.worker.wake();
    return simulation;
  }

  private async refuseTooMany(): Promise<void> {
    const running = await this.simulations.listRunning();
    if (running.length < RUNNING_MAX) return;
    throw new DomainError({
      code: 'RESOURCE_EXHAUSTED',
      reason: 'SIMULATIONS_BUSY',
      message: `${RUNNING_MAX} simulations are waiting already.`,
      retryAfterMs: 60_000,
    });
  }
}
