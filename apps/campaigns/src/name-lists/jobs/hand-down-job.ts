import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { selfAndAncestors } from '../../domain/org-path';
import { withPage } from '../domain/list-build';
import { jobAfterChunk } from '../domain/list-job';
import { isControl, type ListMember } from '../domain/list-member';
import { endPass, placedCountOf, type ListSplit } from '../domain/list-split';
import { moved, startNameList, type ListJob, type NameList } from '../domain/name-list';
import { newPlacements, placeMembers, withCounts } from '../domain/placement';
import { SplitBoard } from '../domain/split-board';
import { RELATIONS } from '../domain/split-plan';
import { ListSplitRepository } from '../repositories/list-split.repository';
import { NameListChunkRepository } from '../repositories/name-list-chunk.repository';
import { NameListRepository } from '../repositories/name-list.repository';

const MORE = 'more';
const childId = (listId: string, share: number): string => `${listId}-${share}`;

/** Makes one list for each share of a list, a chunk at a time, all of it in the caller's transaction. */
@Injectable()
export class HandDownJob {
  constructor(
    private readonly lists: NameListRepository,
    private readonly chunks: NameListChunkRepository,
    private readonly splits: ListSplitRepository,
    private readonly clock: Clock,
  ) {}

  async begin(list: NameList, job: ListJob, tx: Transaction): Promise<NameList> {
    const split = await this.splits.get(list.listId, tx);
    const children = split.receivers.map(({ orgPath }, i) => {
      const { strategyId, name, segmentId, relationAttributes } = list;
      const id = { listId: childId(list.listId, i), strategyId, name, segmentId, orgPath };
      const start = { ...id, source: 'hand_down' as const, parentListId: list.listId, relationAttributes };
      return startNameList(start, this.clock.now());
    });
    await this.lists.addMany(children, tx);
    return { ...list, job: { ...job, isBegun: true } };
  }

  async runChunk(list: NameList, job: ListJob, tx: Transaction): Promise<NameList> {
    const split = await this.splits.get(list.listId, tx);
    const members = await this.chunks.getMembers(list.listId, job.chunk, tx);
    const board = new SplitBoard(split.plan, split.receivers, [], split.holdings);
    const fresh = newPlacements(members);
    const rows = members.map((member, i) => ({ member, placement: fresh[i] ?? null }));
    const placements = placeMembers(board, RELATIONS.outlet, rows, { now: this.clock.now(), isAgain: false });
    await this.chunks.savePlacements(list.listId, job.chunk, placements, tx);
    const next = jobAfterChunk(job, list.build.chunkCount);
    const shareOf = controlShares(split);
    const parts = split.receivers.map((): ListMember[] => []);
    members.forEach((member, i) => {
      const share = isControl(member.reason) ? shareOf(member.orgPath) : (placements[i]?.receiver ?? -1);
      parts[share]?.push(member);
    });
    await this.append(list, parts, next === null, tx);
    const after = {
      ...split,
      holdings: board.holdings,
      passCounts: withCounts(split.passCounts, placements),
    };
    const done = next === null ? endPass(after) : after;
    await this.splits.save(done, tx);
    if (next !== null) return { ...list, job: next };
    return { ...list, state: moved(list, 'hand_down'), job: null, placedCount: placedCountOf(done) };
  }

  private async append(list: NameList, parts: ListMember[][], isLast: boolean, tx: Transaction): Promise<void> {
    const touched = parts.flatMap((part, i) => (part.length > 0 || isLast ? [childId(list.listId, i)] : []));
    const children = new Map((await this.lists.findMany(touched, tx)).map((child) => [child.listId, child]));
    for (const [i, part] of parts.entries()) {
      const child = children.get(childId(list.listId, i));
      // Cancelled meanwhile.
      if (child?.state !== 'building') continue;
      const isEmpty = part.length === 0 && child.build.chunkCount > 0;
      const pieces = isEmpty ? [] : [part];
      await this.chunks.addMany(child.listId, child.build.chunkCount, pieces, list.relationAttributes.length, tx);
      const page = { nextPageToken: isLast ? '' : MORE, chunkCount: pieces.length };
      await this.lists.save(withPage(child, part, page), tx);
    }
  }
}

/** The control group goes with its organisation and uses up no quota. */
function controlShares({ receivers }: ListSplit): (orgPath: string) => number {
  const shares = new Map(receivers.map(({ orgPath }, i) => [orgPath, i]));
  return (orgPath) => {
    const nearest = selfAndAncestors(orgPath).find((path) => shares.has(path));
    return nearest === undefined ? -1 : (shares.get(nearest) ?? -1);
  };
}
