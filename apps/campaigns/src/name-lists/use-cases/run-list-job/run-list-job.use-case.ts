import { Injectable } from '@nestjs/common';
import { DomainError, isRetryable } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import type { ListJob, NameList } from '../../domain/name-list';
import { HandDownJob } from '../../jobs/hand-down-job';
import { SplitJob } from '../../jobs/split-job';
import { ListSplitRepository } from '../../repositories/list-split.repository';
import { NameListRepository } from '../../repositories/name-list.repository';
import { TeamRepository } from '../../repositories/team.repository';

/**
 * Does one more step of a list's job. The step and the place to go on from are one write, so a job goes on after a crash where
 * it was, and of two workers at one step only one has an effect.
 */
@Injectable()
export class RunListJobUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly splitJob: SplitJob,
    private readonly handDownJob: HandDownJob,
    private readonly splits: ListSplitRepository,
    private readonly teams: TeamRepository,
  ) {}

  /** The list after the step; null while it has to wait for another list. */
  async execute(list: NameList): Promise<NameList | null> {
    const { job } = list;
    if (job === null) return list;
    try {
      return await this.step(list, job);
    } catch (error) {
      const isRefused = error instanceof DomainError && !isRetryable(error);
      if (!isRefused || job.kind !== 'split') throw error;
      return this.giveUp(list.listId, job.jobId, error.reason);
    }
  }

  private step(list: NameList, job: ListJob): Promise<NameList | null> {
    const isHandDown = job.kind === 'hand_down';
    return this.mongo.transaction(async (tx) => {
      const current = await this.lists.get(list.listId, tx);
      const now = current.job;
      const isAtStep = now?.jobId === job.jobId && now.pass === job.pass && now.chunk === job.chunk;
      if (!isAtStep || now.isBegun !== job.isBegun) return current;
      const step = isHandDown ? this.handDownJob : this.splitJob;
      const next = await (job.isBegun ? step.runChunk(current, now, tx) : step.begin(current, now, tx));
      if (next !== null) await this.lists.save(next, tx);
      return next;
    });
  }

  /** The list as it was before a split that cannot be made, with the reason. */
  private giveUp(listId: string, jobId: string, reason: string): Promise<NameList> {
    return this.mongo.transaction(async (tx) => {
      const current = await this.lists.get(listId, tx);
      if (current.job?.jobId !== jobId) return current;
      const next = { ...current, job: null, isSplit: false, placedCount: 0, failureReason: reason };
      await this.teams.free(listId, tx);
      await this.splits.remove(listId, tx);
      await this.lists.save(next, tx);
      return next;
    });
  }
}
