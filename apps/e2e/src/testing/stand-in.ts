import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What it was asked. */
export interface Asked {
  path: string;
  authorization: string | undefined;
  body: unknown;
}

/** The JSON to answer with; undefined for 404, 'silence' for no answer at all. */
type Say = (asked: Asked) => unknown;

/** A server outside the bank that speaks JSON over real HTTP, on this machine. */
export class StandIn {
  private constructor(
    private readonly server: Server,
    private say: Say,
  ) {}

  static async start(say: Say): Promise<StandIn> {
    const server = createServer();
    const standIn = new StandIn(server, say);
    server.on('request', (request, response) => void standIn.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return standIn;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on it says something else. */
  turnTo(say: Say): void {
    this.say = say;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url: path = '', method, headers } = request;
    const said = this.say({
      path,
      authorization: headers.authorization,
      body: method === 'POST' ? await json(request) : undefined,
    });
    if (said === 'silence') return;
    response.writeHead(said === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(said ?? {}));
  }
}
