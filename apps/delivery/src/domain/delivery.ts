import { notFound, type DomainError } from '@tidegate/errors';
import { retryDelayMs } from './retry-delay';

export const DELIVERY_CHANNELS = ['app', 'webhook'] as const;
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number];
export const DELIVERY_STATES = ['pending', 'delivered', 'failed', 'retracted', 'stopped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Attempts to reach a webhook before its delivery fails; about three hours with the delays of `retryDelayMs`. */
export const ATTEMPTS_MAX = 8;
/** How long one attempt may belong to a worker that says nothing. Longer than any time-out of a send. */
export const LEASE_MS = 60_000;

/** Error of a delivery that was not sent because its channel is quiet. */
export const QUIET_HOURS = 'QUIET_HOURS';

/** The part of a decision that is delivered. */
export interface DeliverySource {
  decisionId: string;
  customerId: string;
  strategyId: string;
  actionId: string;
  channel: string;
  mode: string;
  reason: string;
  /** For the webhook channel: the endpoint that receives it; empty for the organisation's first. */
  queue: string;
  /** Of the customer; absent in decisions of before it was told. */
  orgPath?: string;
  title: string;
  body: string;
  benefitStockId: string;
  decidedAt: Date;
}

export interface DeliveryAttempt {
  at: Date;
  /** HTTP status, 0 when no answer came. */
  status: number;
  error: string;
}

/** What a message of the inbox says. */
export interface MessageText {
  title: string;
  body: string;
  benefitStockId: string;
}

/** What the inbox says of a benefit that expires soon 到期提醒. */
export interface Reminder extends MessageText {
  /** From then on it says nothing any more. */
  expiresAt: Date;
}

/** One decision, or one reminder, on its way over one digital channel; there is exactly one of each. */
export interface Delivery {
  deliveryId: string;
  /** Empty for a reminder. */
  decisionId: string;
  customerId: string;
  channel: DeliveryChannel;
  state: DeliveryState;
  /** Webhook: where it goes, and the exact body that every attempt sends. */
  endpointId: string;
  /** The endpoint's organisation; empty for the app, which is the bank's own. */
  orgPath: string;
  payload: string;
  attempts: DeliveryAttempt[];
  createdAt: Date;
  finishedAt: Date | undefined;
  /** When the next attempt may be claimed; unset when finished. */
  dueAt: Date | undefined;
  /** Who makes the current attempt. */
  leaseId: string;
  /** Why its decision was retracted before it was sent; empty when it was not. */
  retractedReason: string;
  /** What it says when it is no decision's. */
  reminder: Reminder | undefined;
  /** What the inbox is to say of a decision once quiet hours end; unset of one that they did not keep back. */
  text: MessageText | undefined;
  /** Until when quiet hours, or a frequency limit, keep a message of the inbox back; unset when they do not. */
  queuedUntil: Date | undefined;
  /** Why a reminder does not go out; empty of one that does. */
  stoppedReason: string;
}

/** What one attempt came to. */
export interface AttemptResult {
  status: number;
  /** Empty when the receiver took it. */
  error: string;
  /** The receiver asked for this pause. */
  retryAfterMs?: number;
  /** The receiver wants no more of it (410 Gone). */
  isFinal?: boolean;
}

/** The delivery's and message's id follows from the decision's, so that a decision told twice is delivered once. */
export const deliveryIdOf = (decisionId: string): string => `msg-${decisionId}`;

const isDeliveryChannel = (channel: string): channel is DeliveryChannel =>
  (DELIVERY_CHANNELS as readonly string[]).includes(channel);

/**
 * Whether a decision is delivered here, and over what: chosen, on a digital channel, and not a pull, which the asking
 * channel showed itself.
 */
export function deliveryChannelOf(source: DeliverySource): DeliveryChannel | undefined {
  if (source.reason !== 'CHOSEN' || source.mode === 'pull') return undefined;
  return isDeliveryChannel(source.channel) ? source.channel : undefined;
}

export const createDelivery = (source: DeliverySource, channel: DeliveryChannel, now: Date): Delivery => ({
  deliveryId: deliveryIdOf(source.decisionId),
  decisionId: source.decisionId,
  customerId: source.customerId,
  channel,
  state: 'pending',
  endpointId: '',
  orgPath: '',
  payload: '',
  attempts: [],
  createdAt: now,
  finishedAt: undefined,
  dueAt: now,
  leaseId: '',
  retractedReason: '',
  reminder: undefined,
  text: undefined,
  queuedUntil: undefined,
  stoppedReason: '',
});

export const finish = <T extends Delivery>(delivery: T, state: Exclude<DeliveryState, 'pending'>, now: Date): T => ({
  ...delivery,
  state,
  finishedAt: now,
  dueAt: undefined,
  queuedUntil: undefined,
  leaseId: '',
});

/** Ends a delivery that has nowhere to go. */
export const failUnsent = (delivery: Delivery, error: string, now: Date): Delivery =>
  finish({ ...delivery, attempts: [{ at: now, status: 0, error }] }, 'failed', now);

/** Stops a delivery whose decision was retracted 撤回; undefined for one that has ended. An attempt under way may still arrive. */
export const retract = (delivery: Delivery, reason: string, now: Date): Delivery | undefined =>
  delivery.state === 'pending' ? { ...finish(delivery, 'retracted', now), retractedReason: reason } : undefined;

/** Takes the due attempt for one worker; undefined when it is not due, or another worker has it. */
export function claim(delivery: Delivery, leaseId: string, now: Date): Delivery | undefined {
  if (delivery.state !== 'pending' || !delivery.dueAt || delivery.dueAt > now) return undefined;
  return { ...delivery, leaseId, dueAt: new Date(now.getTime() + LEASE_MS) };
}

/**
 * Writes down what an attempt came to: delivered, due again after a delay, or failed at the end. A worker whose lease
 * passed to another, or whose delivery was retracted meanwhile, may still report that the receiver took it, but not a failure. `jitter` is
 * from 0 up to 1.
 */
export function recordAttempt(
  delivery: Delivery,
  leaseId: string,
  result: AttemptResult,
  now: Date,
  jitter: number,
): Delivery | undefined {
  const isTaken = result.error === '';
  const isOpen = delivery.state === 'pending' || (delivery.state === 'retracted' && isTaken);
  if (!isOpen || (delivery.leaseId !== leaseId && !isTaken)) return undefined;
  const attempts = [...delivery.attempts, { at: now, status: result.status, error: result.error }];
  const tried: Delivery = { ...delivery, attempts };
  if (isTaken) return finish(tried, 'delivered', now);
  if (result.isFinal || attempts.length >= ATTEMPTS_MAX) return finish(tried, 'failed', now);
  const delayMs = Math.max(result.retryAfterMs ?? 0, retryDelayMs(attempts.length, jitter));
  return { ...tried, leaseId: '', dueAt: new Date(now.getTime() + delayMs) };
}

/** Ends a delivery whose channel is quiet, where the policy discards what is wanted then; undefined when another worker has it. */
export const dropQuiet = (delivery: Delivery, leaseId: string, now: Date): Delivery | undefined =>
  delivery.state === 'pending' && delivery.leaseId === leaseId
    ? finish(
        { ...delivery, attempts: [...delivery.attempts, { at: now, status: 0, error: QUIET_HOURS }] },
        'failed',
        now,
      )
    : undefined;

/** Gives a claimed attempt back unused, because the receiver's circuit is open, the channel is quiet, or nobody can be asked about it. */
export const postpone = (delivery: Delivery, leaseId: string, until: Date): Delivery | undefined =>
  delivery.state === 'pending' && delivery.leaseId === leaseId ? { ...delivery, leaseId: '', dueAt: until } : undefined;

export const deliveryNotFound = (deliveryId: string): DomainError =>
  notFound('DELIVERY_NOT_FOUND', 'There is no such delivery.', { deliveryId });
