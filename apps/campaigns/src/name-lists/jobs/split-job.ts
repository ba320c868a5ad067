import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import type { ListMember } from '../domain/list-member';
import { touchesSince } from '../domain/list-dispatch';
import { jobAfterChunk, pushJob } from '../domain/list-job';
import {
  beginAdjustment,
  endPass,
  leaversOf,
  loadsOf,
  personIdsOf,
  placedCountOf,
  withReceivers,
  type ListSplit,
} from '../domain/list-split';
import { touchKey } from '../domain/list-touch';
import type { ListJob, NameList } from '../domain/name-list';
import { newPlacements, placeMembers, recallMembers, withCounts, type Placement } from '../domain/placement';
import { SplitBoard } from '../domain/split-board';
import { peopleOf, receiversOf } from '../domain/split-plan';
import type { Team } from '../domain/team';
import { movesOf } from '../messages/moved.message';
import { ListSplitRepository } from '../repositories/list-split.repository';
import { ListTouchRepository } from '../repositories/list-touch.repository';
import { NameListChunkRepository } from '../repositories/name-list-chunk.repository';
import { TeamRepository } from '../repositories/team.repository';

interface Chunk {
  list: NameList;
  job: ListJob;
  split: ListSplit;
  members: ListMember[];
  placements: (Placement | null)[];
}

/**
 * Splits a list to people, or adjusts the split: a chunk of one pass at a time, all of it in the caller's transaction. It has its people to itself
 * from its first chunk to its last, so that two lists at once never exceed a person's capacity.
 */
@Injectable()
export class SplitJob {
  constructor(
    private readonly chunks: NameListChunkRepository,
    private readonly splits: ListSplitRepository,
    private readonly teams: TeamRepository,
    private readonly touches: ListTouchRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * The list with its job begun; null while another list has one of its people. @throws PERSON_REPEATED, PEOPLE_TOO_MANY for a split
   */
  async begin(list: NameList, job: ListJob, tx: Transaction): Promise<NameList | null> {
    const split = await this.splits.get(list.listId, tx);
    const { plan } = split;
    const teams = [...(await this.teams.findMany(plan.teamIds, tx)).values()];
    const personIds = personIdsOf(split, teams);
    const others = (await this.splits.listActiveOf(personIds, tx)).filter(({ listId }) => listId !== list.listId);
    const isFree = await this.takePeople(list.listId, { teams, personIds, others }, tx);
    if (!isFree) return null;
    const loads = loadsOf(others);
    const begun =
      job.kind === 'split'
        ? withReceivers(split, receiversOf(plan, teams, loads))
        : beginAdjustment(split, peopleOf(plan, teams, loads), this.clock.now());
    await this.splits.save(begun, tx);
    return { ...list, job: { ...job, isBegun: true } };
  }

  /**
   * Takes every team that one of the people is in, so that two lists that share a person meet in one; false while another list has one of
   * them, or is being given to people who have left its teams since.
   */
  private async takePeople(
    listId: string,
    {
      teams,
      personIds,
      others,
    }: { teams: readonly Team[]; personIds: readonly string[]; others: readonly ListSplit[] },
    tx: Transaction,
  ): Promise<boolean> {
    const kin = await this.teams.listOfPeople(personIds, tx);
    const all = [...teams, ...kin];
    if (all.some(({ workingListId }) => workingListId !== '' && workingListId !== listId)) return false;
    const isWorking = await this.teams.hasWorking(
      others.map((other) => other.listId),
      tx,
    );
    if (isWorking) return false;
    await this.teams.setWorkingList(
      all.map(({ teamId }) => teamId),
      listId,
      tx,
    );
    return true;
  }

  /** The list with one more chunk of its job done. */
  async runChunk(list: NameList, job: ListJob, tx: Transaction): Promise<NameList> {
    const split = await this.splits.get(list.listId, tx);
    const members = await this.chunks.getMembers(list.listId, job.chunk, tx);
    const isFirst = job.kind === 'split' && job.pass === 0;
    const placements = isFirst ? null : await this.chunks.findPlacements(list.listId, job.chunk, tx);
    const chunk = { list, job, split, members, placements: placements ?? newPlacements(members) };
    const next = job.kind === 'adjust' && job.pass === 0 ? await this.recall(chunk, tx) : this.place(chunk);
    return this.finishChunk({ ...chunk, ...next }, tx);
  }

  private place({ list, job, split, members, placements }: Chunk): Pick<Chunk, 'split' | 'placements'> {
    const isAgain = job.kind === 'adjust';
    const relation = split.plan.relations[isAgain ? job.pass - 1 : job.pass] ?? '';
    const board = boardOf(list, split);
    const rows = members.map((member, i) => ({ member, placement: placements[i] ?? null }));
    const placed = placeMembers(board, relation, rows, { now: this.clock.now(), isAgain });
    return { split: { ...split, holdings: board.holdings }, placements: placed };
  }

  private async recall(
    { list, split, members, placements }: Chunk,
    tx: Transaction,
  ): Promise<Pick<Chunk, 'split' | 'placements'>> {
    const key = (i: number) => ({ strategyId: list.strategyId, customerId: members[i]?.customerId ?? '' });
    const open = placements.flatMap((each, i) =>
      each && each.receiver >= 0 && each.touchedAtMs === 0 ? [key(i)] : [],
    );
    const touches = await this.touches.findMany(open, tx);
    const board = boardOf(list, split);
    const rows = placements.map((placement, i) => ({ placement, touch: touches.get(touchKey(key(i))) }));
    const times = {
      now: this.clock.now(),
      touchesSinceMs: touchesSince(list)?.getTime() ?? 0,
      dispatchedAtMs: list.dispatchedAt?.getTime() ?? 0,
      leavers: leaversOf(split),
    };
    const { touchedCount, recalledCount, ...result } = recallMembers(board, split.plan, rows, times);
    const adjustment = split.adjustment && {
      ...split.adjustment,
      touchedCount: split.adjustment.touchedCount + touchedCount,
      recalledCount: split.adjustment.recalledCount + recalledCount,
    };
    return { split: { ...split, holdings: board.holdings, adjustment }, placements: result.placements };
  }

  private async finishChunk(chunk: Chunk, tx: Transaction): Promise<NameList> {
    const { list, job } = chunk;
    let { split, placements } = chunk;
    if (job.pass === job.passCount - 1) {
      if (job.kind === 'adjust') [split, placements] = this.tellMoves(chunk, tx);
      split = { ...split, passCounts: withCounts(split.passCounts, placements) };
    }
    await this.chunks.savePlacements(list.listId, job.chunk, placements, tx);
    const next = jobAfterChunk(job, list.build.chunkCount);
    if (next !== null) {
      await this.splits.save(split, tx);
      return { ...list, job: next };
    }
    split = endPass(split);
    let push: ListJob | null = null;
    if (job.kind === 'adjust' && split.adjustment) {
      const adjustment = { ...split.adjustment, finishedAt: this.clock.now() };
      await this.splits.addAdjustment(list.listId, adjustment, tx);
      split = { ...split, adjustment: null };
      if (adjustment.givenCount > 0) push = pushJob(job.jobId, adjustment.startedAt);
    }
    await this.splits.save(split, tx);
    await this.teams.free(list.listId, tx);
    return { ...list, job: push, placedCount: placedCountOf(split) };
  }

  /** Tells who moved, once for each adjustment. */
  private tellMoves({ list, split, members, placements }: Chunk, tx: Transaction): [ListSplit, (Placement | null)[]] {
    const nameOf = (receiver: number | undefined): string => split.receivers[receiver ?? -1]?.id ?? '';
    let givenCount = 0;
    const moved = placements.flatMap((placement, i) => {
      const isGiven = placement !== null && placement.receiver >= 0 && placement.recalledFrom.length > 0;
      const isNews = placement !== null && (placement.isMoving || (isGiven && this.isOfRound(placement, split)));
      if (!isNews) return [];
      if (isGiven) givenCount += 1;
      const [fromAgentId, toAgentId] = [nameOf(placement.recalledFrom.at(-1)), nameOf(placement.receiver)];
      return [{ customerId: members[i]?.customerId ?? '', fromAgentId, toAgentId }];
    });
    for (const each of movesOf(list, moved, this.clock.now())) tx.emit(each);
    const adjustment = split.adjustment && {
      ...split.adjustment,
      givenCount: split.adjustment.givenCount + givenCount,
    };
    const still = placements.map((each) => (each?.isMoving ? { ...each, isMoving: false } : each));
    return [{ ...split, adjustment }, still];
  }

  /** Recalled in an earlier adjustment, and given to somebody in this one. */
  private isOfRound(placement: Placement, split: ListSplit): boolean {
    return placement.placedAtMs >= (split.adjustment?.startedAt.getTime() ?? Infinity);
  }
}

const boardOf = ({ relationAttributes }: NameList, { plan, receivers, holdings }: ListSplit): SplitBoard =>
  new SplitBoard(plan, receivers, relationAttributes, holdings);
