import { Inject, Injectable } from '@nestjs/common';
import { StartPushRequest, type Push } from '@tidegate/contracts/arbitration/v1/arbitration';
import { NameListDispatched } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { DomainError, isRetryable, refused } from '@tidegate/errors';
import { event, Mongo } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { abandonDispatch, finishDispatch, pushRequestIdOf } from '../domain/list-dispatch';
import { nextAdjustment, waitingJob } from '../domain/list-job';
import { isHandedOver, type ListMember } from '../domain/list-member';
import type { ListSplit } from '../domain/list-split';
import type { DispatchOrder, ListJob, NameList } from '../domain/name-list';
import { isDispatched, isGivenSince, type Placement } from '../domain/placement';
import { Clock } from '@tidegate/service';
import { toNameListMessage } from '../messages/name-list.message';
import { movesOf } from '../messages/moved.message';
import { ListSplitRepository } from '../repositories/list-split.repository';
import { NameListChunkRepository } from '../repositories/name-list-chunk.repository';
import { NameListRepository } from '../repositories/name-list.repository';
import { StrategyLiveness } from './strategy-liveness';
import { ARBITRATION_CLIENT, asService, type ArbitrationClient } from '../../peers/peers';

const DEADLINE_MS = 30_000;
/** The push has ended already. */
const ENDED = ['PUSH_CANCELLED', 'PUSH_FAILED'];
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
    private readonly liveness: StrategyLiveness,
    @Inject(ARBITRATION_CLIENT) private readonly arbitration: ArbitrationClient,
    private readonly clock: Clock,
  ) {}

  /**
   * Finishes the dispatch that was begun, as this service: the list is what entitles its organisation, whose strategy may be that of one above.
   * @throws the peer's errors, PUSH_CANCELLED or PUSH_FAILED when the push ended before anything was decided; one that does not pass also takes the
   * dispatch back
   */
  run(list: NameList): Promise<NameList> {
    return asService(() => this.handOver(list.listId));
  }

  private async handOver(listId: string): Promise<NameList> {
    // Whoever waited for the list may come when all is done.
    const list = await this.lists.get(listId);
    if (list.state !== 'ready' || list.dispatch === null) return list;
    const order = list.dispatch;
    const pushId = await this.orAbandon(list, '', () => this.startPush(list, pushRequestIdOf(list), order));
    await this.orAbandon(list, pushId, () => this.appendAll(list, pushId));
    return this.mongo.transaction(async (tx) => {
      const current = await this.lists.get(list.listId, tx);
      if (!isSameDispatch(current, list)) return current;
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
   * gets one; who has one that is open keeps it. A push that is refused for now, as while the strategy is paused, waits; one that is refused for
   * good is left out.
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
      if (!(err instanceof DomainError)) throw err;
      const mayPass = isRetryable(err) || (await this.liveness.mayPass(list.strategyId, err));
      if (mayPass) return this.changePush(list, job, err.reason);
      log.warn({ err, listId }, 'those whom an adjustment gave to others were not pushed');
    }
    return this.changePush(list, job, '');
  }

  /** The list without the push, or with one that waits. */
  private changePush({ listId }: NameList, job: ListJob, waitingFor: string): Promise<NameList> {
    return this.mongo.transaction(async (tx) => {
      const current = await this.lists.get(listId, tx);
      const isSame = current.job?.kind === 'push' && current.job.jobId === job.jobId;
      if (!isSame) return current;
      const next = { ...current, job: waitingFor === '' ? null : waitingJob(job, waitingFor, this.clock.now()) };
      await this.lists.save(next, tx);
      return next;
    });
  }

  private async appendAll(list: NameList, pushId: string): Promise<void> {
    const split = list.isSplit ? await this.splits.get(list.listId) : null;
    const push = await this.append(list, pushId, async ({ members, placements }) => {
      if (split !== null) await this.tellOwners(list, split, members, placements ?? []);
      return members.filter((member, i) =>
        list.isSplit ? isDispatched(member, placements?.[i]) : isHandedOver(member.reason),
      );
    });
    if (push === undefined || !isStopped(push) || push.decidedCount > 0) return;
    const reason = push.state === 'failed' ? 'PUSH_FAILED' : 'PUSH_CANCELLED';
    throw refused(reason, 'The push ended before anything was decided.', { pushId });
  }

  /** Takes the dispatch back where a step of it is refused for good: nobody is contacted by what was handed over of it. */
  private async orAbandon<T>(list: NameList, pushId: string, step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof DomainError) || isRetryable(error)) throw error;
      if (pushId !== '' && !ENDED.includes(error.reason)) await this.cancelPush(pushId);
      await this.abandon(list, error.reason);
      throw error;
    }
  }

  private async cancelPush(pushId: string): Promise<void> {
    try {
      await this.arbitration.cancelPush({ pushId }, { deadlineMs: DEADLINE_MS });
    } catch (err) {
      if (isRetryable(err)) throw err;
      log.warn({ err, pushId }, 'a push that was given up could not be stopped');
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

  /** The push as it was told of last. */
  private async append(
    list: NameList,
    pushId: string,
    membersOf: (chunk: Chunk) => Promise<ListMember[]>,
  ): Promise<Push | undefined> {
    const { listId, build } = list;
    let push: Push | undefined;
    for (let sequence = 0; sequence < build.chunkCount; sequence += 1) {
      const isLast = sequence === build.chunkCount - 1;
      const members = await this.chunks.getMembers(listId, sequence);
      const placements = list.isSplit ? await this.chunks.findPlacements(listId, sequence) : null;
      const customerIds = (await membersOf({ members, placements })).map(({ customerId }) => customerId);
      const step = await this.appendChunk({ pushId, sequence, customerIds, isLast });
      push = step.push;
      if (step.isStarted || (push !== undefined && isStopped(push))) return push;
    }
    return push;
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

  /** Begun already when all of it was handed over before, or it was stopped: the push tells which. */
  private async appendChunk(
    chunk: Parameters<ArbitrationClient['appendPushMembers']>[0],
  ): Promise<{ push: Push | undefined; isStarted: boolean }> {
    try {
      const { push } = await this.arbitration.appendPushMembers(chunk, { deadlineMs: DEADLINE_MS });
      return { push, isStarted: false };
    } catch (error) {
      if (!(error instanceof DomainError) || error.reason !== 'PUSH_STARTED') throw error;
      const { push } = await this.arbitration.getPush({ pushId: chunk.pushId }, { deadlineMs: DEADLINE_MS });
      return { push, isStarted: true };
    }
  }

  private abandon(list: NameList, reason: string): Promise<void> {
    return this.mongo.transaction(async (tx) => {
      const current = await this.lists.get(list.listId, tx);
      if (!isSameDispatch(current, list)) return;
      await this.lists.save(abandonDispatch(current, reason), tx);
      await this.lists.letGo(list.listId, tx);
    });
  }
}

const isStopped = ({ state }: Push): boolean => state === 'cancelled' || state === 'failed';

/** Whether the dispatch that was begun goes on: it is neither finished nor taken back meanwhile. */
const isSameDispatch = (current: NameList, begun: NameList): boolean =>
  current.state === 'ready' && current.dispatch !== null && current.abandonedCount === begun.abandonedCount;
