import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError, isRetryable } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { Clock, newId, PeriodicTasks } from '@tidegate/service';
import type { Simulation } from './domain/simulation';
import { SimulationRepository } from './repositories/simulation.repository';
import { Simulator, type SimulationProgress } from './simulator';

const POLL_MS = 1_000;
/** A replica that says nothing for so long is taken for dead, and another begins anew. Real time: a test's clock stands still. */
const LEASE_MS = 8_000;
const RENEW_MS = 1_000;
const RUNNING_MAX = 100;
const FAILURES_MAX = 3;

const log = logger('simulations');

/** The simulation is not this replica's to go on with: finished, cancelled, or another's. */
class NotOurs extends Error {}

/** Works simulations in the background, one at a time. It writes progress and results and nothing else, so one that is begun anew does no harm. */
@Injectable()
export class SimulationWorker implements OnModuleInit {
  private readonly replica = newId();
  private readonly failures = new Map<string, number>();
  private working: Promise<void> | null = null;
  private isStopping = false;

  constructor(
    private readonly mongo: Mongo,
    private readonly simulations: SimulationRepository,
    private readonly simulator: Simulator,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(POLL_MS, 'simulations', () => this.workAll());
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await this.working?.catch(() => undefined);
  }

  /** One may have been started. */
  wake(): void {
    void this.workAll().catch((err: unknown) =>
      log.error({ err }, 'a simulation could not be worked; it will be tried again'),
    );
  }

  private workAll(): Promise<void> {
    this.working ??= this.workEach().finally(() => {
      this.working = null;
    });
    return this.working;
  }

  private async workEach(): Promise<void> {
    for (const simulationId of await this.simulations.listRunning(RUNNING_MAX)) {
      if (this.isStopping) return;
      await this.work(simulationId).catch((error: unknown) => this.afterFailure(simulationId, error));
    }
  }

  private async work(simulationId: string): Promise<void> {
    const begun = await this.held(simulationId, (held) => held);
    const { report, customers } = await this.simulator.run(begun, this.progressOf(simulationId));
    await this.simulations.saveResults(begun, customers);
    await this.held(simulationId, (held) => {
      const done = { progressPercent: 100, customerCount: customers.length, finishedAt: this.clock.now() };
      return { ...held, ...done, report, state: 'completed' };
    });
    this.failures.delete(simulationId);
  }

  /** Stores the progress now and then, with the lease; ends the work when the simulation was cancelled or taken over. */
  private progressOf(simulationId: string): (progress: SimulationProgress) => Promise<void> {
    let renewAtMs = 0;
    return async ({ percent, baseCount, customerCount }) => {
      if (this.isStopping) throw new NotOurs();
      if (Date.now() < renewAtMs) return;
      await this.held(simulationId, (held) => ({ ...held, baseCount, customerCount, progressPercent: percent }));
      renewAtMs = Date.now() + RENEW_MS;
    };
  }

  private held(simulationId: string, change: (simulation: Simulation) => Simulation): Promise<Simulation> {
    return this.mongo.transaction(async (tx) => {
      const leased = await this.simulations.findLeased(simulationId, tx);
      if (leased === null || leased.simulation.state !== 'running') throw new NotOurs();
      const { leaseOwner, leaseUntil } = leased.lease;
      if (leaseOwner !== this.replica && leaseUntil.getTime() >= Date.now()) throw new NotOurs();
      const next = change(leased.simulation);
      const lease = { leaseOwner: this.replica, leaseUntil: new Date(Date.now() + LEASE_MS) };
      await this.simulations.save(next, tx, lease);
      return next;
    });
  }

  private async afterFailure(simulationId: string, error: unknown): Promise<void> {
    if (error instanceof NotOurs) return;
    const failures = (this.failures.get(simulationId) ?? 0) + 1;
    this.failures.set(simulationId, failures);
    log.error({ err: error, simulationId, failures }, 'a simulation failed');
    if (isRetryable(error) && failures < FAILURES_MAX) return;
    const failureReason = error instanceof DomainError ? error.reason : 'INTERNAL';
    const finishedAt = this.clock.now();
    await this.held(simulationId, (held) => ({ ...held, state: 'failed', failureReason, finishedAt })).catch(
      (err: unknown) => log.error({ err, simulationId }, 'the failure of a simulation could not be stored'),
    );
  }
}
