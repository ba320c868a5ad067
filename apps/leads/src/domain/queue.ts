import { refused, type DomainError } from '@tidegate/errors';
import { isOfOneLine } from '@tidegate/org-path';

export const HUMAN_CHANNELS = ['remote_bank', 'branch', 'merchant'] as const;
export type HumanChannel = (typeof HUMAN_CHANNELS)[number];

export const OFFER_TIMEOUT_SECONDS_DEFAULT = 60;
export const ATTEMPTS_DEFAULT = 3;
/** Queues one lead may pass through by overflow. */
export const OVERFLOW_STEPS_MAX = 16;

/** Where leads of one kind of work wait for seats. */
export interface Queue {
  queue: string;
  name: string;
  channel: HumanChannel;
  orgPath: string;
  /** Skill a seat needs; empty for none. */
  skill: string;
  offerTimeoutSeconds: number;
  /** Offers without acceptance before the lead overflows or closes as unreachable. */
  maxAttempts: number;
  /** Where a lead goes when attempts or waiting time are used up; empty closes it. */
  overflowQueue: string;
  /** 0 for no limit; holds from a lead's next wait. */
  maxWaitSeconds: number;
}

export const isHumanChannel = (channel: string): channel is HumanChannel =>
  (HUMAN_CHANNELS as readonly string[]).includes(channel);

/**
 * Checks where a queue overflows to. `next` gives the overflow queue of another queue, or undefined when there is no such queue.
 * @throws QUEUE_OVERFLOW_CYCLE when leads could come back or pass through too many queues; QUEUE_NOT_FOUND when a queue is missing.
 */
export function checkOverflow(queue: Queue, next: (queue: string) => string | undefined): void {
  const seen = [queue.queue];
  for (let at = queue.overflowQueue; at !== '';) {
    if (seen.includes(at) || seen.length > OVERFLOW_STEPS_MAX) {
      throw refused('QUEUE_OVERFLOW_CYCLE', 'Leads would come back to a queue they overflowed from.', {
        path: [...seen, at].join(' > '),
      });
    }
    const further = next(at);
    if (further === undefined) throw refused('QUEUE_NOT_FOUND', 'The overflow queue does not exist.', { queue: at });
    seen.push(at);
    at = further;
  }
}

export const queueOfOtherOrg = (queue: string): DomainError =>
  refused('QUEUE_OF_OTHER_ORG', 'The queue belongs to another part of the organisation.', { queue });

/**
 * Checks that no lead overflows to another branch: neither from this queue, nor from one of those that overflow to it.
 * @param neighbours the queue that it overflows to, and those that overflow to it
 * @throws QUEUE_OF_OTHER_ORG
 */
export function checkOneLine({ orgPath }: Queue, neighbours: readonly Queue[]): void {
  const other = neighbours.find((neighbour) => !isOfOneLine(orgPath, neighbour.orgPath));
  if (other !== undefined) throw queueOfOtherOrg(other.queue);
}

/** A seat, a route or a strategy that names a queue. */
export interface QueueUser {
  kind: 'seat' | 'route' | 'strategy';
  id: string;
  orgPath: string;
}

/**
 * Checks that a queue stays in the line of the seats that serve it, and of the routes and strategies that lead to it.
 * @throws QUEUE_OF_OTHER_ORG with the first of them that would have to let it go
 */
export function checkUsers({ queue, orgPath }: Queue, users: readonly QueueUser[]): void {
  const left = users.find((user) => !isOfOneLine(orgPath, user.orgPath));
  if (left === undefined) return;
  const message = `A ${left.kind} of another part of the organisation stands on this queue.`;
  throw refused('QUEUE_OF_OTHER_ORG', message, { queue, [left.kind]: left.id });
}

/**
 * Checks that a queue stays on the channel that strategies decide for it: leads of another one would be made of their contacts.
 * @throws QUEUE_IN_USE with the first of them
 */
export function checkChannel({ queue, channel }: Queue, before: Queue, users: readonly QueueUser[]): void {
  const [left] = users.filter(({ kind }) => kind === 'strategy');
  if (left === undefined || channel === before.channel) return;
  const message = `A strategy that is not over has this queue work on ${before.channel}.`;
  throw refused('QUEUE_IN_USE', message, { queue, strategy: left.id });
}
