import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';
import type { DecisionRecord } from '../../domain/decision';
import { OutcomeRecorder } from '../../engine/outcome-recorder';
import { QueuedDecisions } from '../../engine/queued-decisions';
import { DecisionRepository } from '../../repositories/decision.repository';

const EVERY_MS = 2_000;
const BATCH_MAX = 500;
const BATCHES_MAX = 20;

/**
 * Does what is due about stored decisions: lets out what waited for the end of quiet hours, frees reservations that ran out without a word
 * (contact, capacity and quota go back, each once), and deletes what was kept long enough.
 */
@Injectable()
export class SettleDueDecisionsUseCase implements OnModuleInit {
  constructor(
    private readonly mongo: Mongo,
    private readonly decisions: DecisionRepository,
    private readonly recorder: OutcomeRecorder,
    private readonly queued: QueuedDecisions,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(EVERY_MS, 'settle-due-decisions', () => this.execute());
  }

  async execute(): Promise<void> {
    for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
      const due = await this.decisions.listDue(this.clock.now(), BATCH_MAX);
      if (due.length === 0) return;
      const of = (kind: DueKind): string[] =>
        due.filter((one) => kindOf(one) === kind).map(({ decisionId }) => decisionId);
      const [queued, expiring, old] = [of('queued'), of('expiring'), of('old')];
      if (queued.length > 0) await this.mongo.transaction((tx) => this.queued.settle(queued, tx));
      if (expiring.length > 0) await this.mongo.transaction((tx) => this.recorder.expireAll(expiring, tx));
      if (old.length > 0) await this.decisions.deleteMany(old);
    }
  }
}

type DueKind = 'queued' | 'expiring' | 'old';

function kindOf({ queuedUntil, reservation }: Pick<DecisionRecord, 'queuedUntil' | 'reservation'>): DueKind {
  if (queuedUntil != null) return 'queued';
  return reservation === 'reserved' ? 'expiring' : 'old';
}
