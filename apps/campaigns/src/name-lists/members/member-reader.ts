import { Injectable } from '@nestjs/common';
import { isOfList } from '../domain/list-member';
import { touchKey, type ListTouch } from '../domain/list-touch';
import { viewMember, type MemberView } from '../domain/member-view';
import { touchesSince } from '../domain/list-dispatch';
import type { NameList } from '../domain/name-list';
import type { Placement } from '../domain/placement';
import { ListSplitRepository } from '../repositories/list-split.repository';
import { ListTouchRepository } from '../repositories/list-touch.repository';
import { NameListChunkRepository } from '../repositories/name-list-chunk.repository';

/** Reads members with who has them, and whether they were touched by now. */
@Injectable()
export class MemberReader {
  constructor(
    private readonly chunks: NameListChunkRepository,
    private readonly splits: ListSplitRepository,
    private readonly touches: ListTouchRepository,
  ) {}

  /** Members of one chunk, from an offset on. @param wanted which to keep, by their place in the chunk */
  async readChunk(
    list: NameList,
    sequence: number,
    isWanted: (view: MemberView, index: number) => boolean,
  ): Promise<MemberView[]> {
    const members = await this.chunks.getMembers(list.listId, sequence);
    const isSplit = list.isSplit || list.state === 'handed_down';
    const split = isSplit ? await this.splits.find(list.listId) : null;
    const placements = isSplit ? await this.chunks.findPlacements(list.listId, sequence) : null;
    const isHandedDown = list.state === 'handed_down';
    const view = (index: number, touch?: ListTouch): MemberView =>
      viewMember(members[index]!, placements?.[index], { split, touch, isHandedDown });
    const kept = members.flatMap((member, i) => (isOfList(member, list) && isWanted(view(i), i) ? [i] : []));
    const open = kept
      .filter((i) => isOpen(placements?.[i]))
      .map((i) => ({ ...list, customerId: members[i]!.customerId }));
    const since = touchesSince(list);
    const touches = since === null ? new Map<string, ListTouch>() : await this.touches.findMany(open);
    return kept.map((i) => {
      const touch = touches.get(touchKey({ ...list, customerId: members[i]!.customerId }));
      return view(i, touch && touch.touchedAtMs >= (since?.getTime() ?? 0) ? touch : undefined);
    });
  }
}

const isOpen = (placement: Placement | null | undefined): boolean =>
  placement !== null && placement !== undefined && placement.receiver >= 0 && placement.touchedAtMs === 0;
