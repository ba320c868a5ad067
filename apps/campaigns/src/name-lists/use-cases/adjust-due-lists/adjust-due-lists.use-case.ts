import { Injectable } from '@nestjs/common';
import { Mongo, newId } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { withAdjustment } from '../../domain/list-split';
import { ListSplitRepository } from '../../repositories/list-split.repository';
import { NameListRepository } from '../../repositories/name-list.repository';

/** Begins the adjustments 定期任务调整 whose time has come. */
@Injectable()
export class AdjustDueListsUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly splits: ListSplitRepository,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    const now = this.clock.now();
    for (const { listId } of await this.lists.listAdjustmentsDue(now)) {
      await this.mongo.transaction(async (tx) => {
        const list = await this.lists.get(listId, tx);
        const isDue = list.nextAdjustmentAt !== null && list.nextAdjustmentAt <= now;
        if (!isDue || list.state !== 'dispatched' || list.job !== null) return;
        await this.lists.save(withAdjustment(list, await this.splits.get(listId, tx), newId(), now), tx);
      });
    }
  }
}
