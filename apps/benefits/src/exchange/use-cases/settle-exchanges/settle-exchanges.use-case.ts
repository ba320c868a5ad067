import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { ExchangeSettler } from '../../exchange-settler';
import { ExchangeRepository } from '../../repositories/exchange.repository';

const EVERY_MS = 1_000;
const BATCH_MAX = 100;

/** Ends exchanges that a crash or an outage left open. */
@Injectable()
export class SettleExchangesUseCase implements OnModuleInit {
  constructor(
    private readonly exchanges: ExchangeRepository,
    private readonly settler: ExchangeSettler,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(EVERY_MS, 'settle-exchanges', () => this.execute());
  }

  /** One bounded round; what is left comes in the next. */
  async execute(): Promise<void> {
    const due = await this.exchanges.listDue(this.clock.now(), BATCH_MAX);
    const open = await this.exchanges.findMany(due);
    await Promise.all([...open.values()].map((exchange) => this.settler.settle(exchange)));
  }
}
