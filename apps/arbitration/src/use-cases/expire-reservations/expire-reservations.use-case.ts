import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { OutcomeRecorder } from '../../engine/outcome-recorder';
import { DecisionRepository } from '../../repositories/decision.repository';

const EVERY_MS = 2_000;
const BATCH_MAX = 500;
const BATCHES_MAX = 20;

/** Frees reservations that ran out without a word: contact, capacity and quota go back, each once. */
@Injectable()
export class ExpireReservationsUseCase implements OnModuleInit {
  constructor(
    private readonly mongo: Mongo,
    private readonly decisions: DecisionRepository,
    private readonly recorder: OutcomeRecorder,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(EVERY_MS, 'expire-reservations', () => this.execute());
  }

  async execute(): Promise<void> {
    for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
      const due = await this.decisions.listDue(this.clock.now(), BATCH_MAX);
      if (due.length === 0) return;
      await this.mongo.transaction((tx) => this.recorder.expireAll(due, tx));
    }
  }
}
