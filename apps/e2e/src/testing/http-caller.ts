import { randomUUID } from 'node:crypto';

/** A problem document as the gateway sends it. Source: RFC 9457. */
export interface Problem {
  status: number;
  reason: string;
  detail: string;
  violations?: { field: string; description: string }[];
  metadata?: Record<string, string>;
}

export interface Answer<T> {
  status: number;
  contentType: string;
  body: T;
}

export interface CallOptions {
  body?: unknown;
  /** Of a write; one that was never used when left out. */
  key?: string;
  contentType?: string;
}

/** What is added to a request to prove who sends it. */
export type Prove = (request: {
  method: string;
  url: string;
  body?: string;
  headers: Record<string, string>;
}) => Promise<Record<string, string>>;

/** No answer in time: what was asked for may have been done. */
const UNKNOWN = [503, 504];
const TRIES_MAX = 6;
/** On a loaded machine many tries may run out of time, one after the other. */
const PATIENCE_MS = 120_000;

/** Somebody who calls the gateway over HTTP, with what proves who it is. */
export class HttpCaller {
  constructor(
    readonly baseUrl: string,
    private readonly prove: Prove,
  ) {}

  static withToken(baseUrl: string, token: string): HttpCaller {
    return new HttpCaller(baseUrl, () => Promise.resolve({ authorization: `Bearer ${token}` }));
  }

  /** The answer whatever it is; a body that is not JSON stays text. */
  async call<T>(method: string, path: string, options: CallOptions = {}): Promise<Answer<T>> {
    const url = this.baseUrl + path;
    const { body: content, contentType = 'application/json', key = randomUUID() } = options;
    const body = content === undefined || typeof content === 'string' ? content : JSON.stringify(content);
    const headers: Record<string, string> = {
      ...(body !== undefined && { 'content-type': contentType }),
      ...(method !== 'GET' && { 'idempotency-key': key }),
    };
    const proof = await this.prove({ method, url, ...(body !== undefined && { body }), headers });
    const response = await fetch(url, {
      method,
      headers: { ...headers, ...proof },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, contentType: type, body: (type.includes('json') ? JSON.parse(text) : text) as T };
  }

  get<T>(path: string): Promise<T> {
    return this.done<T>('GET', path);
  }

  post<T>(path: string, body: unknown = {}, options: CallOptions = {}): Promise<T> {
    return this.done<T>('POST', path, { ...options, body });
  }

  put<T>(path: string, body: unknown, options: CallOptions = {}): Promise<T> {
    return this.done<T>('PUT', path, { ...options, body });
  }

  /** The problem that a refused call is answered with. @throws Error when the call is let through */
  async refused(method: string, path: string, options: CallOptions = {}): Promise<Problem> {
    const answer = await this.ask<Problem>(method, path, options);
    if (answer.status < 400 || !answer.contentType.startsWith('application/problem+json')) {
      throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
    return { ...answer.body, status: answer.status };
  }

  private async done<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
    const answer = await this.ask<T>(method, path, options);
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  /** As a careful client: what was not answered in time is asked again under the same key. */
  async ask<T>(method: string, path: string, options: CallOptions = {}): Promise<Answer<T>> {
    const once = { key: randomUUID(), ...options };
    const deadline = Date.now() + PATIENCE_MS;
    const isWorthwhile = (status: number, tries: number): boolean =>
      tries < TRIES_MAX || (status === 504 && Date.now() < deadline);
    let answer = await this.call<T>(method, path, once);
    for (let tries = 1; UNKNOWN.includes(answer.status) && isWorthwhile(answer.status, tries); tries += 1) {
      answer = await this.call<T>(method, path, once);
    }
    return answer;
  }
}

/** Every row of a paged list; `path` may have a query already. */
export async function readAll<R>(caller: HttpCaller, path: string, rowsName: string): Promise<R[]> {
  const rows: R[] = [];
  let token = '';
  do {
    const page = await caller.get<Record<string, unknown>>(
      token === '' ? path : `${path}${path.includes('?') ? '&' : '?'}pageToken=${encodeURIComponent(token)}`,
    );
    rows.push(...(page[rowsName] as R[]));
    token = String(page['nextPageToken'] ?? '');
  } while (token !== '');
  return rows;
}
