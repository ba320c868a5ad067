import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock, LeasedJobs, PeriodicTasks, type JobHold } from '@tidegate/service';
import type { SimulatedCustomer } from './domain/simulated-customer';
import type { Simulation } from './domain/simulation';
import { CUSTOMERS_PER_PART, SimulationRepository } from './repositories/simulation.repository';
import { Simulator } from './simulator';

const PACE = { pollMs: 1_000, leaseMs: 8_000, renewMs: 1_000, failuresMax: 3 };

/** Works simulations in the background, one at a time. It writes progress and results and nothing else, so one that is begun anew does no harm. */
@Injectable()
export class SimulationWorker implements OnModuleInit, OnModuleDestroy {
  private readonly jobs: LeasedJobs<Simulation>;

  constructor(
    mongo: Mongo,
    tasks: PeriodicTasks,
    private readonly simulations: SimulationRepository,
    private readonly simulator: Simulator,
    private readonly clock: Clock,
  ) {
    this.jobs = new LeasedJobs({
      name: 'simulations',
      mongo,
      tasks,
      store: simulations,
      work: (begun, hold) => this.work(begun, hold),
      failed: (held, failureReason) => ({ ...held, state: 'failed', failureReason, finishedAt: this.clock.now() }),
      ...PACE,
    });
  }

  onModuleInit(): void {
    this.jobs.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.jobs.stop();
  }

  /** One may have been started. */
  wake(): void {
    this.jobs.wake();
  }

  private async work(begun: Simulation, hold: JobHold<Simulation>): Promise<void> {
    const { report, customers, baseCount } = await this.simulator.run(begun, ({ percent, ...counts }) =>
      hold.keepAlive((held) => ({ ...held, ...counts, progressPercent: percent })),
    );
    await this.saveResults(hold, customers);
    await hold.change((held) => {
      const counts = { baseCount, customerCount: customers.length };
      const done = { ...counts, progressPercent: 100, finishedAt: this.clock.now() };
      return { ...held, ...done, report, state: 'completed' };
    });
  }

  /** Each part while the simulation is held: the results of two replicas are never mixed. */
  private async saveResults(hold: JobHold<Simulation>, results: readonly SimulatedCustomer[]): Promise<void> {
    for (let index = 0; index * CUSTOMERS_PER_PART < results.length; index += 1) {
      const customers = results.slice(index * CUSTOMERS_PER_PART, (index + 1) * CUSTOMERS_PER_PART);
      await hold.change(async (held, tx) => {
        await this.simulations.savePart(held, { index, customers }, tx);
        return held;
      });
    }
  }
}
