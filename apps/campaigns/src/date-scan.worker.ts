import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { ScanDatesUseCase } from './use-cases/scan-dates/scan-dates.use-case';

const EVERY_MS = 60_000;

/** Looks every minute whose date has come. */
@Injectable()
export class DateScanWorker implements OnModuleInit {
  constructor(
    private readonly scanDates: ScanDatesUseCase,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(EVERY_MS, 'date-scan', async () => {
      await this.scanDates.execute({ now: this.clock.now() });
    });
  }
}
