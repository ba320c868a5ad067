import { createServer } from 'node:net';
import { findFreePort, isPortFree } from './free-port';

describe('free ports', () => {
  it('finds a port outside the range of outgoing connections that can be listened on', async () => {
    const port = await findFreePort();
    expect(port).toBeGreaterThanOrEqual(21_000);
    expect(port).toBeLessThan(32_000);
    expect(await isPortFree(port)).toBe(true);
  });

  it('sees that a port is taken', async () => {
    const port = await findFreePort();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    expect(await isPortFree(port)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
  });

  it('gives no port twice, and gives up when the range has no other', async () => {
    const port = await findFreePort();
    expect(await isPortFree(port)).toBe(true);
    await expect(findFreePort({ first: port, last: port })).rejects.toMatchObject({ reason: 'NO_FREE_PORT' });
  });
});
