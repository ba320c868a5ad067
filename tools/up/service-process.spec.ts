import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder, findFreePort, findProcess, pollUntil } from '@tidegate/infra';
import { ServiceProcess, type ServiceSpec } from './service-process';

const SERVE = `
  require('node:http').createServer((_, response) => response.writeHead(200).end(process.env.GREETING))
    .listen(Number(process.env.METRICS_PORT), '127.0.0.1');
`;
const STUBBORN = `process.on('SIGTERM', () => {}); ${SERVE}`;

describe('ServiceProcess', () => {
  let path: string;
  let folder: DataFolder;
  let port: number;
  let lines: string[];
  let spec: ServiceSpec;
  let service: ServiceProcess;
  const others: ServiceProcess[] = [];
  let crashes: number;
  let onCrash: () => Promise<void>;

  beforeEach(async () => {
    path = mkdtempSync(join(tmpdir(), 'tidegate-service-'));
    folder = await DataFolder.claim(path);
    port = await findFreePort();
    lines = [];
    crashes = 0;
    onCrash = () => Promise.resolve(void (crashes += 1));
  });

  afterEach(async () => {
    for (const one of [service, ...others.splice(0)]) await one.stop(1_000);
    folder.release();
    rmSync(path, { recursive: true, force: true });
  });

  const start = (script: string) => {
    const bundle = join(path, 'main.js');
    writeFileSync(bundle, script);
    spec = {
      name: 'sample',
      bundle,
      cwd: path,
      environment: { METRICS_PORT: String(port) },
      logFile: join(path, 'logs', 'sample.log'),
      healthUrl: `http://127.0.0.1:${port}/healthz`,
      memoryFlags: ['--max-semi-space-size=8'],
      niceness: 0,
    };
    service = new ServiceProcess(
      spec,
      folder,
      (line) => lines.push(line),
      () => onCrash(),
    );
    service.start();
  };

  const untilHealthy = () =>
    pollUntil(
      async () => {
        if (!(await service.isHealthy())) throw new Error('not healthy');
      },
      { deadlineMs: 20_000 },
    );

  it('is started again after a crash, on the same port, and says so', async () => {
    start(SERVE);
    await untilHealthy();
    const first = service.pid ?? 0;
    process.kill(first, 'SIGKILL');
    await pollUntil(async () => expect(service.pid).not.toBe(first), { deadlineMs: 10_000 });
    await untilHealthy();
    expect(service.pid).not.toBe(first);
    expect(lines).toEqual([expect.stringContaining('sample ended (SIGKILL); starting it again')]);
    expect(crashes).toBe(1);
  });

  it('is started again only when what follows a crash is done', async () => {
    start(SERVE);
    await untilHealthy();
    // Ends after the service, and nothing follows: when it runs again, the service's own delay is over, too.
    const other = new ServiceProcess(
      { ...spec, name: 'other', environment: { METRICS_PORT: '0' } },
      folder,
      () => undefined,
    );
    others.push(other);
    other.start();
    const found: (number | null)[] = [];
    onCrash = async () => {
      const before = other.pid ?? 0;
      process.kill(before, 'SIGKILL');
      await pollUntil(async () => expect([null, before]).not.toContain(other.pid), { deadlineMs: 20_000 });
      found.push(service.pid);
    };
    process.kill(service.pid ?? 0, 'SIGKILL');
    await pollUntil(async () => expect(found).toHaveLength(1), { deadlineMs: 30_000 });
    expect(found).toEqual([null]);
    await untilHealthy();
  });

  it('is started again also when what follows a crash fails, and says so', async () => {
    onCrash = () => Promise.reject(new Error('no database'));
    start(SERVE);
    await untilHealthy();
    const first = service.pid ?? 0;
    process.kill(first, 'SIGKILL');
    await pollUntil(async () => expect([null, first]).not.toContain(service.pid), { deadlineMs: 20_000 });
    await untilHealthy();
    expect(lines.at(-1)).toBe('After the end of sample: no database');
  });

  it('is given up after crashes in a row, with the end of its log', async () => {
    start('console.log("no database"); process.exit(3)');
    const failure = await pollUntil(
      () =>
        service.isHealthy().then(
          () => Promise.reject(new Error('not given up')),
          (error: Error) => error,
        ),
      { deadlineMs: 30_000 },
    );
    expect(failure.message).toMatch(/sample ended 6 times in a row \(exit code 3\)[^]*no database/);
    expect(lines.at(-1)).toContain('not started again');
  });

  it('is ended by force when it does not listen, and not started again', async () => {
    start(STUBBORN);
    await untilHealthy();
    const pid = service.pid ?? 0;
    await service.stop(100);
    expect(findProcess(pid)).toBeNull();
    expect(service.pid).toBeNull();
    expect(lines).toEqual([]);
    expect(crashes).toBe(0);
    expect(readFileSync(join(path, 'run', 'children.json'), 'utf8')).toBe('[]');
  });
});
