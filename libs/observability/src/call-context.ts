import { AsyncLocalStorage } from 'node:async_hooks';
import { randomFillSync } from 'node:crypto';

/** Who calls, as the gateway vouched for it. */
export interface Actor {
  id: string;
  kind: 'staff' | 'customer' | 'merchant' | 'service';
  roles: string[];
  /** Organisation path the actor may see, e.g. hq/east; empty for customers and merchants. */
  orgPath: string;
}

/** What travels with a request through every process. */
export interface CallContext {
  /** W3C Trace Context header. Source: https://www.w3.org/TR/trace-context/ */
  traceparent: string;
  actor?: Actor;
}

const storage = new AsyncLocalStorage<CallContext>();

export const runInContext = <T>(context: CallContext, work: () => T): T => storage.run(context, work);

export const currentContext = (): CallContext | undefined => storage.getStore();

/** The 32 hex digits that join log lines of one request. */
export const currentTraceId = (): string | undefined => storage.getStore()?.traceparent.split('-')[1];

const pool = Buffer.alloc(4_096);
let poolAt = pool.length;

/** Random hex digits out of a pool: asking the system for each id costs more than the call it names. */
function randomHex(bytes: number): string {
  if (poolAt + bytes > pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  poolAt += bytes;
  return pool.toString('hex', poolAt - bytes, poolAt);
}

const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Continues the caller's trace, or starts one when the header is missing or malformed. */
export function continueTrace(traceparent: string | undefined): string {
  const traceId = traceparent && TRACEPARENT.test(traceparent) ? traceparent.slice(3, 35) : randomHex(16);
  return `00-${traceId}-${randomHex(8)}-01`;
}
