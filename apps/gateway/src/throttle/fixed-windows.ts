import type { ThrottlerStorage } from '@nestjs/throttler';

interface Window {
  hits: number;
  endsAt: number;
}

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

const KEYS_MAX = 100_000;

/**
 * Counts hits per key in fixed windows: constant work and memory per caller, where the library's own storage keeps every
 * hit of the window. One per process: behind n replicas a caller may do n times the limit.
 */
export class FixedWindows implements ThrottlerStorage {
  private readonly windows = new Map<string, Window>();

  increment(key: string, ttlMs: number, limit: number): Promise<ThrottlerRecord> {
    const now = Date.now();
    const window = this.open(key, ttlMs, now);
    window.hits += 1;
    const timeToExpire = Math.ceil((window.endsAt - now) / 1000);
    const isBlocked = window.hits > limit;
    return Promise.resolve({
      totalHits: window.hits,
      timeToExpire,
      isBlocked,
      timeToBlockExpire: isBlocked ? timeToExpire : 0,
    });
  }

  /** Milliseconds until a key that is over its limit may go on; 0 when it is not. */
  waitMs(key: string, limit: number): number {
    const window = this.windows.get(key);
    return window && window.hits >= limit ? Math.max(0, window.endsAt - Date.now()) : 0;
  }

  private open(key: string, ttlMs: number, now: number): Window {
    const existing = this.windows.get(key);
    if (existing && existing.endsAt > now) return existing;
    if (!existing && this.windows.size >= KEYS_MAX) this.forgetEnded(now);
    const window = { hits: 0, endsAt: now + ttlMs };
    this.windows.set(key, window);
    return window;
  }

  private forgetEnded(now: number): void {
    for (const [key, { endsAt }] of this.windows) if (endsAt <= now) this.windows.delete(key);
    // Never more than the bound, even when every window is still open.
    if (this.windows.size >= KEYS_MAX) this.windows.clear();
  }
}
