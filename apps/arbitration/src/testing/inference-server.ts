import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

interface AskedTensor {
  name: string;
  shape: number[];
  datatype: string;
  data: (number | string)[];
}

/** How the server misbehaves; every test sets what it needs. */
export type Mood = 'well' | 'slow' | 'failing' | 'malformed' | 'out-of-range' | 'redirecting' | 'huge';

/** A stand-in for an inference server: speaks the Open Inference Protocol v2 and scores by one numeric input. */
export class InferenceServer {
  mood: Mood = 'well';
  /** Rows that were scored so far, and the authorization of the last call. */
  rowCount = 0;
  /** What it was asked about, row by row. */
  readonly asked: number[] = [];
  authorization: string | undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<InferenceServer> {
    const server = createServer();
    const stand = new InferenceServer(server);
    server.on('request', (request, response) => void stand.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return stand;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.authorization = request.headers.authorization;
    const body = await textOf(request);
    if (this.mood === 'slow') await delay(1_000);
    if (this.mood === 'failing') return void response.writeHead(500).end('no');
    if (this.mood === 'redirecting') return void response.writeHead(302, { location: `${this.origin}/x` }).end();
    if (this.mood === 'huge') return void response.end('"'.padEnd(5 * 1024 * 1024, 'x'));
    if (this.mood === 'malformed') return void response.end('{"outputs":[{}]}');
    const said = this.say(request.url ?? '', body);
    if (said === undefined) return void response.writeHead(404).end();
    response.setHeader('content-type', 'application/json').end(JSON.stringify(said));
  }

  private say(path: string, body: string): unknown {
    if (path === '/v2/health/ready') return { ready: true };
    if (path === '/v2/models/deposit') {
      return {
        name: 'deposit',
        platform: 'stand-in',
        inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 1] }],
        outputs: [{ name: 'score', datatype: 'FP64', shape: [-1, 1] }],
      };
    }
    if (path !== '/v2/models/deposit/infer') return undefined;
    const { inputs } = JSON.parse(body) as { inputs: AskedTensor[] };
    const rows = (inputs[0]?.data ?? []) as number[];
    this.rowCount += rows.length;
    this.asked.push(...rows);
    // Of an x below 0 it knows nothing sensible.
    const scoreOf = (x: number): number | null => (x < 0 ? null : Math.min(1, x / 100));
    const data = rows.map((x) => (this.mood === 'out-of-range' ? 7 : scoreOf(x)));
    return { model_name: 'deposit', outputs: [{ name: 'score', datatype: 'FP64', shape: [rows.length, 1], data }] };
  }
}

/** The contract that the server fulfils: the score is x in percent. */
export const REMOTE_SPEC = {
  layout: 'columns',
  output: 'score',
  outputColumn: 0,
  features: [{ name: 'x', kind: 'numeric', missing: 1 }],
};

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
