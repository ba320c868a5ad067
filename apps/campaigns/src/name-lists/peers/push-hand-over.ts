import { Inject, Injectable } from '@nestjs/common';
import { StartPushRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import { NameListDispatched } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { DomainError, isRetryable } from '@tidegate/errors';
import { event, Mongo } from '@tidegate/mongo';
import { nextAdjustment } from '../domain/list-job';
import { isHandedOver, type ListMember } from '../domain/list-member';
import type { ListSplit } from '../domain/list-split';
import { abandonDispatch, finishDispatch, type DispatchOrder, type NameList } from '../domain/name-list';
import { isDispatched, type Placement } from '../domain/placement';
import { Clock } from '@tidegate/service';
import { toNameListMessage } from '../messages/name-list.message';
import { movesOf } from '../messages/moved.message';
import { ListSplitRepository } from '../repositories/list-split.repository';
import { NameListChunkRepository } from '../repositories/name-list-chunk.repository';
import { NameListRepository } from '../repositories/name-list.repository';
import { ARBITRATION_CLIENT, asService, type ArbitrationClient } from '../../peers/peers';

const DEADLINE_MS = 30_000;

/**
 * Hands a list's passed members (of a split one, those whom somebody has) and its control group to arbitration as one push. Every id and chunk follows from the list, which no longer changes, so
 * it may run again, or twice at once: the push is the same and no member is in it twice.
 */
@Injectable()
export class PushHandOver {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly chunks: NameListChunkRepository,
    private readonly splits: ListSplitRepository,
    @Inject(ARBITRATION_CLIENT) private readonly arbitration: ArbitrationClient,
    private readonly clock: Clock,
  ) {}

  /**
   * Finishes the dispatch that was begun, as this service: the list is what entitles its organisation, whose strategy may be that of one above.
   * @throws the peer's errors; one that refuses the push also takes the dispatch back
   */
  run(list: NameList): Promise<NameList> {
    return asService(() => this.handOver(list));
  }

  private async handOver(list: NameList): Promise<NameList> {
    if (list.state !== 'ready' || list.dispatch === null) return list;
    const pushId = await this.start(list, list.dispatch);
    await this.append(list, pushId);
    return this.mongo.transaction(async (tx) => {
      const current = await this.lists.get(list.listId, tx);
      if (current.state === 'dispatched') return current;
      const now = this.clock.now();
      const split = current.isSplit ? await this.splits.get(list.listId, tx) : null;
      const nextAdjustmentAt = split && nextAdjustment(split.plan.recallAfterDays, now);
      const next = { ...finishDispatch(current, pushId, now), nextAdjustmentAt };
      await this.lists.save(next, tx);
      await this.lists.letGo(next.listId, tx);
      tx.emit(event(NameListDispatched, next.listId, { nameList: toNameListMessage(next) }));
      return next;
    });
  }

  private async start({ listId, strategyId, orgPath }: NameList, order: DispatchOrder): Promise<string> {
    const { capacitySlot, horizonDays } = order;
    try {
      const request = StartPushRequest.fromPartial({
        requestId: `name-list-${listId}`,
        strategyId,
        listId,
        orgPath,
        capacitySlot,
        horizonDays,
      });
      const { push } = await this.arbitration.startPush(request, { deadlineMs: DEADLINE_MS });
      if (push === undefined) throw new Error('arbitration answered without a push');
      return push.pushId;
    } catch (error) {
      if (error instanceof DomainError && !isRetryable(error)) await this.abandon(listId);
      throw error;
    }
  }

  private async append(list: NameList, pushId: string): Promise<void> {
    const { listId, build } = list;
    const split = list.isSplit ? await this.splits.get(listId) : null;
    for (let sequence = 0; sequence < build.chunkCount; sequence += 1) {
      const isLast = sequence === build.chunkCount - 1;
      const members = await this.chunks.getMembers(listId, sequence);
      const placements = list.isSplit ? await this.chunks.findPlacements(listId, sequence) : null;
      const customerIds = members
        .filter((member, i) => (list.isSplit ? isDispatched(member, placements?.[i]) : isHandedOver(member.reason)))
        .map(({ customerId }) => customerId);
      if (split !== null) await this.tellOwners(list, split, members, placements ?? []);
      const isStarted = await this.appendChunk({ pushId, sequence, customerIds, isLast });
      if (isStarted) return;
    }
  }

  /** Before the members are handed over: a lead finds its person when it is made. */
  private async tellOwners(
    list: NameList,
    { receivers }: ListSplit,
    members: readonly ListMember[],
    placements: readonly (Placement | null)[],
  ): Promise<void> {
    const moved = members.flatMap(({ customerId }, i) => {
      const toAgentId = receivers[placements[i]?.receiver ?? -1]?.id;
      return toAgentId === undefined ? [] : [{ customerId, fromAgentId: '', toAgentId }];
    });
    await this.mongo.transaction(async (tx) => {
      for (const each of movesOf(list, moved, this.clock.now())) tx.emit(each);
    });
  }

  /** True when the push has begun already: all of it was handed over before. */
  private async appendChunk(chunk: Parameters<ArbitrationClient['appendPushMembers']>[0]): Promise<boolean> {
    try {
      await this.arbitration.appendPushMembers(chunk, { deadlineMs: DEADLINE_MS });
      return false;
    } catch (error) {
      if (error instanceof DomainError && error.reason === 'PUSH_STARTED') return true;
      throw error;
    }
  }

  private abandon(listId: string): Promise<void> {
    return this.mongo.transaction(async (tx) => {
      await this.lists.save(abandonDispatch(await this.lists.get(listId, tx)), tx);
      await this.lists.letGo(listId, tx);
    });
  }
}
