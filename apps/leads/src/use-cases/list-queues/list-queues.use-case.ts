import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { Queue } from '../../domain/queue';
import { LeadRepository } from '../../repositories/lead.repository';
import { QueueRepository } from '../../repositories/queue.repository';
import type { ListQueuesInput } from './list-queues.request';

export interface QueueWithCounts extends Queue {
  waitingCount: number;
  openCount: number;
}

/** Queues of the actor's organisation and below, with how many leads wait and how many are being worked. */
@Injectable()
export class ListQueuesUseCase {
  constructor(
    private readonly queues: QueueRepository,
    private readonly leads: LeadRepository,
  ) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    { queues: wanted, ...page }: ListQueuesInput,
  ): Promise<{ queues: QueueWithCounts[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const [after] = decodePageToken(page.pageToken) ?? [];
    const scope = actor.kind === 'staff' ? actor.orgPath : undefined;
    const queues = await this.queues.list(limit, { scope, after, wanted });
    const last = queues.length === limit ? queues.at(-1) : undefined;
    return {
      queues: await Promise.all(queues.map((queue) => this.withCounts(queue))),
      nextPageToken: last ? encodePageToken([last.queue]) : '',
    };
  }

  async withCounts(queue: Queue): Promise<QueueWithCounts> {
    const [waitingCount, openCount] = await Promise.all([
      this.leads.count(queue.queue, ['waiting']),
      this.leads.count(queue.queue, ['offered', 'accepted']),
    ]);
    return { ...queue, waitingCount, openCount };
  }
}
