import { Inject, Injectable } from '@nestjs/common';
import { NameListDispatched } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { DomainError, isRetryable } from '@tidegate/errors';
import { event, Mongo } from '@tidegate/mongo';
import { abandonDispatch, finishDispatch, isHandedOver, type NameList } from '../domain/name-list';
import { toNameListMessage } from '../messages/name-list.message';
import { NameListMemberRepository } from '../repositories/name-list-member.repository';
import { NameListRepository } from '../repositories/name-list.repository';
import { ARBITRATION_CLIENT, type ArbitrationClient } from './peers';

/** What arbitration takes in one call. */
const CHUNK_MAX = 5_000;
const DEADLINE_MS = 30_000;

/**
 * Hands a list's passed members and its control group to arbitration as one push. Every id and chunk follows from the list, which no longer changes, so
 * it may run again, or twice at once: the push is the same and no member is in it twice.
 */
@Injectable()
export class PushHandOver {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly members: NameListMemberRepository,
    @Inject(ARBITRATION_CLIENT) private readonly arbitration: ArbitrationClient,
  ) {}

  /** Finishes the dispatch that was begun. @throws the peer's errors; one that refuses the push also takes the dispatch back */
  async run(list: NameList): Promise<NameList> {
    if (list.state !== 'ready' || list.dispatch === null) return list;
    const pushId = await this.start(list, list.dispatch.capacitySlot);
    await this.append(list.listId, pushId);
    return this.mongo.transaction(async (tx) => {
      const current = await this.lists.get(list.listId, tx);
      if (current.state === 'dispatched') return current;
      const next = finishDispatch(current, pushId);
      await this.lists.save(next, tx);
      tx.emit(event(NameListDispatched, next.listId, { nameList: toNameListMessage(next) }));
      return next;
    });
  }

  private async start({ listId, strategyId }: NameList, capacitySlot: string): Promise<string> {
    try {
      const request = { requestId: `name-list-${listId}`, strategyId, listId, capacitySlot };
      const { push } = await this.arbitration.startPush(request, { deadlineMs: DEADLINE_MS });
      if (push === undefined) throw new Error('arbitration answered without a push');
      return push.pushId;
    } catch (error) {
      if (error instanceof DomainError && !isRetryable(error)) await this.abandon(listId);
      throw error;
    }
  }

  private async append(listId: string, pushId: string): Promise<void> {
    let after = '';
    for (let sequence = 0; ; sequence += 1) {
      const members = await this.members.list(listId, CHUNK_MAX, after);
      const isLast = members.length < CHUNK_MAX;
      const customerIds = members.filter(({ reason }) => isHandedOver(reason)).map(({ customerId }) => customerId);
      const isStarted = await this.appendChunk({ pushId, sequence, customerIds, isLast });
      if (isLast || isStarted) return;
      after = members.at(-1)?.customerId ?? '';
    }
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
    });
  }
}
