import { createServer, type Server } from 'node:net';
import { findFreePort } from '@tidegate/infra';
import { chooseHttpPort } from './ports';

describe('chooseHttpPort', () => {
  let server: Server;
  let taken: number;

  beforeEach(async () => {
    taken = await findFreePort();
    server = createServer();
    await new Promise<void>((resolve) => server.listen(taken, '127.0.0.1', resolve));
  });

  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('takes the next free port after a taken default', async () => {
    expect(await chooseHttpPort(null, taken)).toBeGreaterThan(taken);
  });

  it('refuses a wanted port that is taken', async () => {
    await expect(chooseHttpPort(taken)).rejects.toMatchObject({ reason: 'PORT_TAKEN' });
  });
});
