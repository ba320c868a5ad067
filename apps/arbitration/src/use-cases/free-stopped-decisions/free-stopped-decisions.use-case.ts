import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { PeriodicTasks } from '@tidegate/service';
import { OutcomeRecorder } from '../../engine/outcome-recorder';
import { DecisionRepository } from '../../repositories/decision.repository';

const EVERY_MS = 1_000;
const BATCH_MAX = 200;
const BATCHES_MAX = 20;

/**
 * Gives back what stopped decisions took of capacity, quotas and promised units, each once. Beside the stop, for pushes compete for these documents
 * for seconds. What is to be done is read from the decisions, so whoever looks next does what one that died left.
 */
@Injectable()
export class FreeStoppedDecisionsUseCase implements OnModuleInit {
  constructor(
    private readonly mongo: Mongo,
    private readonly decisions: DecisionRepository,
    private readonly recorder: OutcomeRecorder,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(EVERY_MS, 'free-stopped-decisions', () => this.execute());
  }

  async execute(): Promise<void> {
    for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
      const stopped = await this.decisions.listStopped(BATCH_MAX);
      if (stopped.length === 0) return;
      await this.mongo.transaction((tx) => this.recorder.freeStopped(stopped, tx));
    }
  }
}
