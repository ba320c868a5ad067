import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

export interface StreamOptions {
  heartbeatMs: number;
  /** The stream ends then: a new token is needed for the next one. */
  endsAt: Date | undefined;
  /** Asked with every heartbeat; the stream ends when it refuses. */
  requireCaller: () => Promise<void>;
  onClose: () => void;
}

const RECONNECT_MS = 2_000;
// Who reads slower than this is cut off, and gets everything anew when it comes back.
const WAITING_BYTES_MAX = 256 * 1024;
const TIMER_MS_MAX = 2_147_483_647;

/** An open answer of server-sent events: heartbeats keep proxies from closing it, and it never outlives its token, nor its caller’s place in the bank. */
export class EventStream {
  private readonly raw: ServerResponse;
  private readonly heartbeat: NodeJS.Timeout;
  private readonly expiry: NodeJS.Timeout | undefined;
  private isOpen = true;

  constructor(
    reply: FastifyReply,
    private readonly options: StreamOptions,
  ) {
    reply.hijack();
    this.raw = reply.raw;
    const headers = {
      ...reply.getHeaders(),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    };
    this.raw.writeHead(200, { ...headers, 'x-accel-buffering': 'no' } as Record<string, string>);
    this.raw.once('close', () => this.close());
    this.heartbeat = setInterval(() => this.beat(), options.heartbeatMs);
    if (options.endsAt) {
      const leftMs = Math.min(Math.max(0, options.endsAt.getTime() - Date.now()), TIMER_MS_MAX);
      this.expiry = setTimeout(() => this.close(), leftMs);
    }
    this.write(`retry: ${RECONNECT_MS}\n\n`);
  }

  write(message: string): void {
    if (!this.isOpen) return;
    // Who went away before the stream began is not heard to close it.
    if (this.raw.destroyed) return this.close();
    this.raw.write(message);
    if (this.raw.writableLength > WAITING_BYTES_MAX) this.close();
  }

  private beat(): void {
    this.write(': still here\n\n');
    this.options.requireCaller().catch(() => this.close());
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    clearInterval(this.heartbeat);
    clearTimeout(this.expiry);
    this.options.onClose();
    this.raw.end();
  }
}
