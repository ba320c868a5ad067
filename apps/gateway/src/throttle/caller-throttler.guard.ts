import { Injectable } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import { DomainError } from '@tidegate/errors';
import type { FastifyRequest } from 'fastify';

/** One limit per caller over all routes; an address is the caller where there is no other. */
@Injectable()
export class CallerThrottlerGuard extends ThrottlerGuard {
  protected override getTracker(request: Record<string, unknown>): Promise<string> {
    return Promise.resolve(trackerOf(request as unknown as FastifyRequest));
  }

  protected override generateKey(_context: unknown, tracker: string): string {
    return tracker;
  }

  protected override throwThrottlingException(_context: unknown, detail: { timeToBlockExpire: number }): Promise<void> {
    throw rateLimited(detail.timeToBlockExpire * 1000);
  }
}

export const trackerOf = ({ callContext: { actor }, ip }: FastifyRequest): string =>
  actor ? `${actor.kind}:${actor.id}` : addressTracker(ip);

export const addressTracker = (ip: string): string => `address:${ip}`;

export const rateLimited = (retryAfterMs: number): DomainError =>
  new DomainError({
    code: 'RESOURCE_EXHAUSTED',
    reason: 'RATE_LIMITED',
    message: 'Too many requests: wait and try again.',
    retryAfterMs,
  });
