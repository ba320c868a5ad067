import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { LedgerRepository } from '../../../repositories/ledger.repository';
import { LedgerTotals } from '../../domain/totals';
import { CheckpointRepository, type Checkpoint } from '../../repositories/checkpoint.repository';

const EVERY_MS = 15_000;
/** Longer than a transaction may take (the database ends one after 60 s) and clocks of replicas may differ, together. */
const SETTLED_MS = 5 * 60_000;
/** Of up to eight transactions each. */
const DOCUMENTS_PER_CHECKPOINT = 4_000;
const AT_LEAST_EVERY_MS = 3600_000;
/** In one round; what is left comes in the next. */
const CHECKPOINTS_MAX = 100;

/**
 * Folds postings into checkpoints in the background, so that a balance never sums more than what was posted since the last
 * one. Folds only what nothing can be posted before any more. Safe with any number of replicas and after a crash.
 */
@Injectable()
export class FoldLedgerUseCase implements OnModuleInit {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly checkpoints: CheckpointRepository,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(EVERY_MS, 'fold-ledger', async () => void (await this.execute()));
  }

  /** One bounded round; tells how many checkpoints it made. */
  async execute(): Promise<number> {
    for (let made = 0; made < CHECKPOINTS_MAX; made += 1) {
      if (!(await this.makeNext())) return made;
    }
    return CHECKPOINTS_MAX;
  }

  private async makeNext(): Promise<boolean> {
    const last = await this.checkpoints.findLast();
    const settled = new Date(this.clock.now().getTime() - SETTLED_MS);
    const to = last ? await this.endAfter(last, settled) : await this.firstEnd();
    if (!to || to > settled) return false;
    const sums = LedgerTotals.from(last);
    for await (const postings of this.ledger.streamPostings({ from: last?.upTo, to })) sums.add(postings);
    return this.checkpoints.follow(last, sums, to);
  }

  /** Where the next checkpoint ends: after so many documents, or with the hour when there are fewer. */
  private async endAfter({ upTo }: Checkpoint, settled: Date): Promise<Date | undefined> {
    const full = await this.ledger.findTimeAfter(upTo, settled, DOCUMENTS_PER_CHECKPOINT);
    if (full && full > upTo) return full;
    const isDue = settled.getTime() - upTo.getTime() >= AT_LEAST_EVERY_MS;
    return isDue && (await this.ledger.findTimeAfter(upTo, settled, 0)) ? settled : undefined;
  }

  /** The first checkpoint takes all that an earlier version posted, and ends with the first transaction that this one did. */
  private async firstEnd(): Promise<Date | undefined> {
    const [first, plain] = [
      await this.ledger.findTimeAfter(undefined, this.clock.now(), 0),
      await this.ledger.findLastPlainTime(),
    ];
    const times = [...(first ? [first.getTime()] : []), ...(plain ? [plain.getTime() + 1] : [])];
    return times.length > 0 ? new Date(Math.max(...times)) : undefined;
  }
}
