import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder } from './data-folder';
import { findFreePort, isPortFree } from './free-port';
import { findProcess } from './process-identity';
import { ServerProcess, type ServerSpec } from './server-process';

const LISTEN = 'require("net").createServer().listen(Number(process.argv[1]), "127.0.0.1")';

describe('ServerProcess', () => {
  let path: string;
  let folder: DataFolder;
  let port: number;

  beforeEach(async () => {
    path = mkdtempSync(join(tmpdir(), 'tidegate-server-'));
    folder = await DataFolder.claim(path);
    port = await findFreePort();
  });

  afterEach(() => {
    folder.release();
    rmSync(path, { recursive: true, force: true });
  });

  const server = (script: string, change: Partial<ServerSpec> = {}) =>
    new ServerProcess(
      {
        name: 'sample',
        command: process.execPath,
        args: ['-e', script, String(port)],
        port,
        logFile: join(path, 'logs', 'sample.log'),
        probe: async () => {
          if (await isPortFree(port)) throw new Error('not listening');
        },
        ...change,
      },
      folder,
      () => undefined,
    );

  it('starts, can be killed and started again, and stops', async () => {
    const sample = server(LISTEN);
    await sample.start();
    const first = sample.pid;
    await sample.kill('SIGKILL');
    expect(sample.pid).toBeNull();
    await sample.start();
    expect(sample.pid).not.toBe(first);
    const second = sample.pid ?? 0;
    await sample.stop();
    expect(findProcess(second)).toBeNull();
  });

  it('fails with the end of the log when the program ends', async () => {
    const failing = server('console.error("bad disk"); process.exit(7)').start();
    await expect(failing).rejects.toMatchObject({
      reason: 'SERVER_START_FAILED',
      message: expect.stringMatching(/exit code 7[^]*bad disk/),
    });
  });

  it('fails clearly when the program cannot be run', async () => {
    const failing = server('', { command: join(path, 'missing') }).start();
    await expect(failing).rejects.toMatchObject({ reason: 'SERVER_START_FAILED' });
  });

  it('does not start on a port that another program has', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const sample = server(LISTEN);
    await expect(sample.start()).rejects.toMatchObject({ reason: 'PORT_TAKEN' });
    expect(sample.pid).toBeNull();
    await new Promise((resolve) => other.close(resolve));
  });
});
