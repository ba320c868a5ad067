import { Injectable, type OnModuleInit } from '@nestjs/common';
import { continueTrace, runInContext } from '@tidegate/observability';
import { PeriodicTasks } from '@tidegate/service';
import { SweepReservationsUseCase } from './use-cases/sweep-reservations/sweep-reservations.use-case';

const EVERY_MS = 30_000;

/** The clock-driven inlet of budgets; several replicas do no harm, as every step may be repeated. */
@Injectable()
export class BudgetsSchedule implements OnModuleInit {
  constructor(
    private readonly sweep: SweepReservationsUseCase,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    const actor = { id: 'merchants-budgets', kind: 'service' as const, roles: [], orgPath: '' };
    this.tasks.every(EVERY_MS, 'budget-reservations', async () => {
      await runInContext({ traceparent: continueTrace(undefined), actor }, () => this.sweep.execute());
    });
  }
}
