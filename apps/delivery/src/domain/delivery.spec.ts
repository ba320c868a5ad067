import fc from 'fast-check';
import { buildDelivery, buildDeliverySource, NOON } from '../testing/delivery.factory';
import {
  ATTEMPTS_MAX,
  claim,
  deliveryChannelOf,
  dropQuiet,
  LEASE_MS,
  postpone,
  recordAttempt,
  retract,
  type Delivery,
} from './delivery';
import { retryDelayMs } from './retry-delay';

const later = (ms: number): Date => new Date(NOON.getTime() + ms);
const claimed = (leaseId: string, from = buildDelivery(), now = NOON): Delivery =>
  claim(from, leaseId, now) as Delivery;
const failure = { status: 503, error: 'HTTP_503' };

describe('which decisions are delivered', () => {
  it.each([
    [{ channel: 'app' }, 'app'],
    [{ channel: 'webhook', mode: 'push' }, 'webhook'],
    [{ channel: 'app', mode: 'pull' }, undefined],
    [{ channel: 'remote_bank' }, undefined],
    [{ channel: 'app', reason: 'OUTRANKED' }, undefined],
  ])('%j → %s', (overrides, channel) => {
    expect(deliveryChannelOf(buildDeliverySource(overrides))).toBe(channel);
  });
});

describe('attempts', () => {
  it('belong to one worker until its lease runs out', () => {
    const first = claimed('a');
    expect(claim(first, 'b', later(LEASE_MS - 1))).toBeUndefined();
    expect(claim(first, 'b', later(LEASE_MS))).toMatchObject({ leaseId: 'b' });
  });

  it('finish a delivery when the receiver took it', () => {
    expect(recordAttempt(claimed('a'), 'a', { status: 204, error: '' }, NOON, 0)).toMatchObject({
      state: 'delivered',
      attempts: [{ status: 204, error: '' }],
      finishedAt: NOON,
      dueAt: undefined,
    });
  });

  it('count a success of a worker that lost its lease, but not its failure', () => {
    const second = claimed('b', claimed('a'), later(LEASE_MS));
    expect(recordAttempt(second, 'a', failure, NOON, 0)).toBeUndefined();
    const delivered = recordAttempt(second, 'a', { status: 200, error: '' }, NOON, 0) as Delivery;
    expect(delivered.state).toBe('delivered');
    expect(recordAttempt(delivered, 'b', { status: 200, error: '' }, NOON, 0)).toBeUndefined();
  });

  it('wait longer and longer, and end after the last', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 8, maxLength: 8 }),
        (jitters) => {
          let delivery = buildDelivery();
          let now = NOON;
          for (const [index, jitter] of jitters.entries()) {
            delivery = recordAttempt(claimed('w', delivery, now), 'w', failure, now, jitter) as Delivery;
            if (index + 1 === ATTEMPTS_MAX) break;
            const waitMs = (delivery.dueAt as Date).getTime() - now.getTime();
            expect(waitMs).toBeGreaterThanOrEqual(retryDelayMs(index + 1, 0));
            expect(waitMs).toBeLessThanOrEqual(3_600_000);
            expect(claim(delivery, 'x', new Date(now.getTime() + waitMs - 1))).toBeUndefined();
            now = delivery.dueAt as Date;
          }
          expect(delivery).toMatchObject({ state: 'failed', dueAt: undefined });
          expect(delivery.attempts).toHaveLength(ATTEMPTS_MAX);
        },
      ),
    );
  });

  it('are left by the worker that has them where a channel is quiet for good', () => {
    expect(dropQuiet(claimed('a'), 'a', NOON)).toMatchObject({ state: 'failed', attempts: [{ error: 'QUIET_HOURS' }] });
    expect(dropQuiet(claimed('a'), 'b', NOON)).toBeUndefined();
  });

  it('respect the pause that a receiver asks for, and a receiver that is gone', () => {
    const asked = recordAttempt(claimed('a'), 'a', { ...failure, retryAfterMs: 120_000 }, NOON, 0) as Delivery;
    expect(asked.dueAt).toEqual(later(120_000));
    expect(recordAttempt(claimed('a'), 'a', { status: 410, error: 'HTTP_410', isFinal: true }, NOON, 0)?.state).toBe(
      'failed',
    );
  });

  it('can be postponed without being counted', () => {
    expect(postpone(claimed('a'), 'a', later(1000))).toMatchObject({ attempts: [], dueAt: later(1000), leaseId: '' });
    expect(postpone(claimed('a'), 'b', later(1000))).toBeUndefined();
  });
});

describe('a retraction', () => {
  it('ends what was not sent, whoever has it, and nothing that has ended', () => {
    const stopped = retract(claimed('a'), 'COMPLAINT_HOLD', NOON) as Delivery;
    expect(stopped).toMatchObject({ state: 'retracted', retractedReason: 'COMPLAINT_HOLD', dueAt: undefined });
    expect(claim(stopped, 'b', later(LEASE_MS))).toBeUndefined();
    expect(postpone(stopped, 'a', later(1000))).toBeUndefined();
    const taken = recordAttempt(claimed('a'), 'a', { status: 204, error: '' }, NOON, 0) as Delivery;
    for (const ended of [stopped, taken]) expect(retract(ended, 'CONSENT_MISSING', NOON)).toBeUndefined();
  });

  it('does not deny an attempt that was under way and arrived; one that failed changes nothing', () => {
    const stopped = retract(claimed('a'), 'COMPLAINT_HOLD', NOON) as Delivery;
    expect(recordAttempt(stopped, 'a', failure, NOON, 0)).toBeUndefined();
    const arrived = recordAttempt(stopped, 'a', { status: 204, error: '' }, NOON, 0);
    expect(arrived).toMatchObject({ state: 'delivered', retractedReason: 'COMPLAINT_HOLD' });
  });
});
