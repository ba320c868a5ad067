import type { Call, Credentials, GatewayClient, Query } from './gateway-client';

/** Somebody who calls the platform. */
export class Caller {
  constructor(
    readonly client: GatewayClient,
    readonly credentials: Credentials,
  ) {}

  get<T>(path: string, query?: Query): Promise<T> {
    return this.call<T>({ method: 'GET', path, ...(query && { query }) });
  }

  post<T>(path: string, idempotencyKey: string, body: unknown = {}): Promise<T> {
    return this.call<T>({ method: 'POST', path, idempotencyKey, body });
  }

  put<T>(path: string, idempotencyKey: string, body: unknown): Promise<T> {
    return this.call<T>({ method: 'PUT', path, idempotencyKey, body });
  }

  call<T>(call: Call): Promise<T> {
    return this.client.call<T>(call, this.credentials);
  }
}

/** Reads a list to its end; `rowsOf` picks the rows of a page. */
export async function readPages<P extends { nextPageToken: string }, R>(
  readPage: (pageToken: string | undefined) => Promise<P>,
  rowsOf: (page: P) => R[],
): Promise<R[]> {
  const rows: R[] = [];
  for (let token: string | undefined; ;) {
    const page = await readPage(token);
    rows.push(...rowsOf(page));
    if (page.nextPageToken === '') return rows;
    token = page.nextPageToken;
  }
}
