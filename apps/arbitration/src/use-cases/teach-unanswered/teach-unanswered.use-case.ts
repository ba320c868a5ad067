import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { OutcomeRecorder } from '../../engine/outcome-recorder';
import { DecisionRepository } from '../../repositories/decision.repository';

const EVERY_MS = 10_000;
const BATCH_MAX = 200;
const BATCHES_MAX = 20;

/** Teaches model slots of messages that nobody answered in time, each once, whichever replica looks. */
@Injectable()
export class TeachUnansweredUseCase implements OnModuleInit {
  constructor(
    private readonly mongo: Mongo,
    private readonly decisions: DecisionRepository,
    private readonly recorder: OutcomeRecorder,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(EVERY_MS, 'teach-unanswered', () => this.execute());
  }

  async execute(): Promise<void> {
    for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
      const unanswered = await this.decisions.listUnanswered(this.clock.now(), BATCH_MAX);
      if (unanswered.length === 0) return;
      await this.mongo.transaction((tx) => this.recorder.teachUnanswered(unanswered, tx));
    }
  }
}
