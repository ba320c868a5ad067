import { createServer } from 'node:net';
import { InfraError } from './infra.errors';

const HOST = '127.0.0.1';

/** Both ends are in it. */
export interface PortRange {
  first: number;
  last: number;
}

// Below the range that systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere): a server that is
// killed and restarted on its port cannot find it taken by somebody's client socket meanwhile.
const SERVER_PORTS: PortRange = { first: 21_000, last: 31_999 };

/** By this process: who was given one may not listen on it yet. */
const given = new Set<number>();

/** Whether a server could listen on this loopback port now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * A loopback port that nobody listens on, and that this process was not given before.
 * @throws NO_FREE_PORT when the range has none.
 */
export async function findFreePort({ first, last }: PortRange = SERVER_PORTS): Promise<number> {
  const count = last - first + 1;
  const start = Math.floor(Math.random() * count);
  for (let tried = 0; tried < count; tried += 1) {
    const port = first + ((start + tried) % count);
    if (given.has(port) || !(await isPortFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new InfraError('NO_FREE_PORT', `No free port on ${HOST} between ${first} and ${last}.`);
}
