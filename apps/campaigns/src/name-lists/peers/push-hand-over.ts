import { Inject, Injectable } from '@nestjs/common';
import { StartPushRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import { NameListDispatched } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { DomainError, isRetryable } from '@tidegate/errors';
import { event, Mongo } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { nextAdjustment } from '../domain/list-job';
import { isHandedOver, type ListMember } from '../domain/list-member';
import type { ListSplit } from '../domain/list-split';
import { abandonDispatch, finishDispatch, type DispatchOrder, type NameList } from '../domain/name-list';
import { isDispatched, isGivenSince, type Placement } from '../domain/placement';
import { Clock } from '@tidegate/service';
import { toNameListMessage } from '../messages/name-list.message';
import { movesOf } from '../messages/moved.message';
import { ListSplitRepository } from '../repositories/list-split.repository';
import { NameListChunkRepository } from '../repositories/name-list-chunk.repository';
import { NameListRepository } from '../repositories/name-list.repository';
import { ARBITRATION_CLIENT, asService, type ArbitrationClient } from '../../peers/peers';

const DEADLINE_MS = 30_000;
const log = logger('name-lists');

interface Chunk {
  members: readonly ListMember[];
  /** Null of a list that is not split. */
  placements: readonly (Placement | null)[] | null;
}

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
    return asService(() => this.handOver(list.listId));
  }

  private async handOver(listId: string): Promise<NameList> {
    // Whoever waited for the list may come when all is done.
    const list = await this.lists.get(listId);
    if (list.state !== 'ready' || list.dispatch === null) return list;
    const pushId = await this.start(list, list.dispatch);
    const split = list.isSplit ? await this.splits.get(list.listId) : null;
    await this.append(list, pushId, async ({ members, placements }) => {
      if (split !== null) await this.tellOwners(list, split, members, placements ?? []);
      return members.filter((member, i) =>
        list.isSplit ? isDispatched(member, placements?.[i]) : isHandedOver(member.reason),
      );
    });
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

  /**
   * Hands those over anew whom an adjustment gave to others, as a push of its own for today's people: who had no lead, or whose lead has ended,
   * gets one; who has one that is open keeps it. A push that is refused, as of a strategy that is paused, is left out.
   * @throws the peer's errors that pass
   */
  async runAgain({ listId }: NameList): Promise<NameList> {
    const list = await this.lists.get(listId);
    const { job } = list;
    const since = job?.since;
    if (job === null || since === undefined) return list;
    try {
      const order = { capacitySlot: '', horizonDays: list.dispatch?.horizonDays ?? 0 };
      const pushId = await this.startPush(list, `name-list-${listId}-${job.jobId}`, order);
      await this.append(list, pushId, ({ members, placements }) =>
        Promise.resolve(members.filter((_, i) => isGivenSince(placements?.[i], since))),
      );
    } catch (err) {
      if (!(err instanceof DomainError) || isRetryable(err)) throw err;
      log.warn({ err, listId }, 'those whom an adjustment gave to others were not pushed');
    }
    return this.mongo.transaction(async (tx) => {
      const current = await this.lists.get(list.listId, tx);
      const isSame = current.job?.kind === 'push' && current.job.jobId === job.jobId;
      if (!isSame) return current;
      const next = { ...current, job: null };
      await this.lists.save(next, tx);
      return next;
    });
  }

  private async start(list: NameList, order: DispatchOrder): Promise<string> {
    try {
      return await this.startPush(list, `name-list-${list.listId}`, order);
    } catch (error) {
      if (error instanceof DomainError && !isRetryable(error)) await this.abandon(list.listId);
      throw error;
    }
  }

  private async startPush(
    { listId, strategyId, orgPath }: NameList,
    requestId: string,
    { capacitySlot, horizonDays }: Pick<DispatchOrder, 'capacitySlot' | 'horizonDays'>,
  ): Promise<string> {
    const request = StartPushRequest.fromPartial({ requestId, strategyId, listId, orgPath, capacitySlot, horizonDays });
    const { push } = await this.arbitration.startPush(request, { deadlineMs: DEADLINE_MS });
    if (push === undefined) throw new Error('arbitration answered without a push');
    return push.pushId;
  }

  private async append(
    list: NameList,
    pushId: string,
    membersOf: (chunk: Chunk) => Promise<ListMember[]>,
  ): Promise<void> {
    const { listId, build } = list;
    for (let sequence = 0; sequence < build.chunkCount; sequence += 1) {
      const isLast = sequence === build.chunkCount - 1;
      const members = await this.chunks.getMembers(listId, sequence);
      const placements = list.isSplit ? await this.chunks.findPlacements(listId, sequence) : null;
      const customerIds = (await membersOf({ members, placements })).map(({ customerId }) => customerId);
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
