import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { NameList } from '../../domain/name-list';
import { HandDownJob } from '../../jobs/hand-down-job';
import { SplitJob } from '../../jobs/split-job';
import { NameListRepository } from '../../repositories/name-list.repository';

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
  ) {}

  /** The list after the step; null while it has to wait for another list. */
  async execute(list: NameList): Promise<NameList | null> {
    const { job } = list;
    if (job === null) return list;
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
}
