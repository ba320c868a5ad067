import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, type Dispatcher } from 'undici';
import { GatewayRefusal, type Problem } from './gateway-refusal';

export type Query = Record<string, string | number | undefined>;

/** One request to the platform. */
export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Query;
  /** JSON, unless it is bytes with a type of their own. */
  body?: unknown;
  contentType?: string;
  /** Every write has one; a repeat with the same key gets the first answer. */
  idempotencyKey?: string;
}

/** Adds to a call what proves who sends it; asked anew for every attempt. */
export type Credentials = (call: PreparedCall) => Record<string, string> | Promise<Record<string, string>>;

export interface PreparedCall {
  method: string;
  url: string;
  body: Buffer | undefined;
  headers: Record<string, string>;
}

const ATTEMPTS_MAX = 12;
const FIRST_PAUSE_MS = 100;
const PAUSE_MAX_MS = 3_000;
const BUSY = new Set([429, 503, 504]);
const CONNECTIONS = 128;

/** Calls the gateway over kept-alive connections; comes back later when it is told to. */
export class GatewayClient {
  private readonly pool: Pool;
  /** Answers that said "later", since the start. */
  busyCount = 0;

  constructor(readonly url: string) {
    this.pool = new Pool(url, { connections: CONNECTIONS, keepAliveTimeout: 20_000, headersTimeout: 60_000 });
  }

  /** @throws GatewayRefusal */
  async call<T>(call: Call, credentials: Credentials): Promise<T> {
    const prepared = prepare(this.url, call);
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.attempt(call, prepared, credentials, attempt < ATTEMPTS_MAX);
      if (answer !== undefined) return readAnswer<T>(call, answer);
      await sleep(Math.min(PAUSE_MAX_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
    }
  }

  /** Opens an answer that does not end, such as a stream of events. */
  async stream(call: Call, credentials: Credentials, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const prepared = prepare(this.url, call);
    const headers = { ...prepared.headers, ...(await credentials(prepared)) };
    const path = pathOf(prepared.url);
    return this.pool.request({ method: call.method, path, headers, signal, headersTimeout: 0, bodyTimeout: 0 });
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }

  /** The answer, or undefined when it is worth another attempt. A broken connection is: every write has its key. */
  private async attempt(
    call: Call,
    prepared: PreparedCall,
    credentials: Credentials,
    mayRetry: boolean,
  ): Promise<Answer | undefined> {
    const headers = { ...prepared.headers, ...(await credentials(prepared)) };
    try {
      const { method } = call;
      const response = await this.pool.request({ method, path: pathOf(prepared.url), headers, body: prepared.body });
      const answer = { status: response.statusCode, text: await response.body.text() };
      if (!BUSY.has(answer.status) || !mayRetry) return answer;
      this.busyCount += 1;
      const afterSeconds = Number(response.headers['retry-after'] ?? 0);
      if (afterSeconds > 0) await sleep(Math.min(afterSeconds * 1000, PAUSE_MAX_MS));
      return undefined;
    } catch (error) {
      if (mayRetry) return undefined;
      throw new Error(`${call.method} ${call.path} got no answer`, { cause: error });
    }
  }
}

interface Answer {
  status: number;
  text: string;
}

function prepare(baseUrl: string, call: Call): PreparedCall {
  const url = new URL(call.path, baseUrl);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined && value !== '') url.searchParams.set(name, String(value));
  }
  const { body, contentType = 'application/json', idempotencyKey } = call;
  const bytes = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  const headers = {
    accept: 'application/json',
    ...(bytes && { 'content-type': contentType }),
    ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
  };
  return { method: call.method, url: url.href, body: bytes, headers };
}

const pathOf = (url: string): string => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

function readAnswer<T>(call: Call, { status, text }: Answer): T {
  const name = `${call.method} ${call.path}`;
  if (status >= 200 && status < 300) return (text === '' ? {} : JSON.parse(text)) as T;
  throw new GatewayRefusal(name, status, readProblem(text));
}

function readProblem(text: string): Problem {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return { detail: text.slice(0, 200) };
  }
}
