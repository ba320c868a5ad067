import { performance } from 'node:perf_hooks';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Mongo, newId } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { asService } from '../peers/peers';
import { HOLD_MS, isDue, isUnfinished, type NameList } from './domain/name-list';
import { PushHandOver } from './peers/push-hand-over';
import { NameListRepository } from './repositories/name-list.repository';
import { AdjustDueListsUseCase } from './use-cases/adjust-due-lists/adjust-due-lists.use-case';
import { BuildNameListUseCase } from './use-cases/build-name-list/build-name-list.use-case';
import { ReadUploadUseCase } from './use-cases/read-upload/read-upload.use-case';
import { RunListJobUseCase } from './use-cases/run-list-job/run-list-job.use-case';

const EVERY_MS = 300;
/** Work of one turn: a stop waits no longer than this and one page. */
const TURN_MS = 2_000;

const log = logger('name-lists');

/** Works on lists in the background, a step of each in turn; one replica holds a list at a time. */
@Injectable()
export class NameListWorker implements OnModuleInit, OnModuleDestroy {
  private readonly holder = newId();

  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly readUpload: ReadUploadUseCase,
    private readonly build: BuildNameListUseCase,
    private readonly job: RunListJobUseCase,
    private readonly adjustDue: AdjustDueListsUseCase,
    private readonly handOver: PushHandOver,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(EVERY_MS, 'name-lists', () => asService(() => this.turn()));
  }

  /** Lets another replica go on at once. */
  async onModuleDestroy(): Promise<void> {
    await this.lists.release(this.holder).catch((err: unknown) => log.warn({ err }, 'name lists were not released'));
  }

  private async turn(): Promise<void> {
    const until = performance.now() + TURN_MS;
    await this.adjustDue.execute();
    const unfinished = await this.lists.listUnfinished(this.clock.now());
    this.readUpload.retain(new Set(unfinished.map(({ listId }) => listId)));
    let open = unfinished.filter((list) => this.isDue(list));
    while (open.length > 0 && performance.now() < until && !this.tasks.isStopped) {
      const next: NameList[] = [];
      for (const list of open) {
        const after = await this.step(list);
        if (after !== null && this.isDue(after)) next.push(after);
      }
      open = next;
    }
  }

  private isDue(list: NameList): boolean {
    return isUnfinished(list) && isDue(list, this.clock.now());
  }

  /** Null when another replica has the list, or it has to wait. */
  private async step(list: NameList): Promise<NameList | null> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + HOLD_MS);
    const isHeld = await this.mongo.transaction((tx) => this.lists.hold(list.listId, this.holder, { now, until }, tx));
    if (!isHeld) return null;
    if (list.state === 'building') {
      const isReading = list.upload !== null && !list.upload.isRead;
      return isReading ? this.readUpload.execute(list) : this.build.execute(list);
    }
    try {
      if (list.job?.kind === 'push') return await this.handOver.runAgain(list);
      return await (list.job !== null ? this.job.execute(list) : this.handOver.run(list));
    } catch (err) {
      log.warn({ err, listId: list.listId }, 'work on a name list did not finish; it goes on later');
      return null;
    }
  }
}
