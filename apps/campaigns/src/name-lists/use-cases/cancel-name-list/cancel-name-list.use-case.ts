import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../../actor-scope';
import { cancelNameList, type NameList } from '../../domain/name-list';
import { ListFileRepository } from '../../repositories/list-file.repository';
import { ListSplitRepository } from '../../repositories/list-split.repository';
import { ListUploadRepository } from '../../repositories/list-upload.repository';
import { NameListRepository } from '../../repositories/name-list.repository';
import { TeamRepository } from '../../repositories/team.repository';

/** Stops a build; members stored so far stay, to be looked at. Of a list that is being split, takes the split back. */
@Injectable()
export class CancelNameListUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly files: ListFileRepository,
    private readonly uploads: ListUploadRepository,
    private readonly splits: ListSplitRepository,
    private readonly teams: TeamRepository,
  ) {}

  /** @throws NAME_LIST_NOT_FOUND, NAME_LIST_FINISHED, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, listId: string): Promise<NameList> {
    const list = await this.mongo.transaction((tx) => this.cancel(actor, listId, tx));
    if (list.state === 'cancelled' && list.upload !== null) await this.uploads.removeAllRows(listId);
    return list;
  }

  private async cancel(actor: Actor, listId: string, tx: Transaction): Promise<NameList> {
    const list = await this.lists.get(listId, tx);
    requireWork(actor, list.orgPath);
    const next = list.job?.kind === 'split' ? await this.takeBack(list, tx) : cancelNameList(list);
    if (next.state === 'cancelled') await this.files.remove(listId, tx);
    await this.lists.save(next, tx);
    return next;
  }

  private async takeBack(list: NameList, tx: Transaction): Promise<NameList> {
    await this.teams.free(list.listId, tx);
    await this.splits.remove(list.listId, tx);
    return { ...list, job: null, isSplit: false };
  }
}
