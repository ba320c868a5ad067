import { createServer } from 'node:net';
import { InfraError } from './infra.errors';

// Below the range that systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere): a server that is
// killed and restarted on its port cannot find it taken by somebody's client socket meanwhile.
const FIRST_PORT = 21_000;
const LAST_PORT = 31_999;
const TRIES_MAX = 200;
const HOST = '127.0.0.1';

/** Whether a server could listen on this loopback port now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * A loopback port that nobody listens on, not in `taken`.
 * @throws NO_FREE_PORT when two hundred random tries found none.
 */
export async function findFreePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT + 1));
    if (!taken.has(port) && (await isPortFree(port))) return port;
  }
  throw new InfraError('NO_FREE_PORT', `No free port on ${HOST} between ${FIRST_PORT} and ${LAST_PORT}.`);
}
