import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder } from './data-folder';
import { findProcess, isAlive } from './process-identity';

const STUBBORN = 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)';

async function startStubborn(): Promise<ChildProcess & { pid: number }> {
  const child = spawn(process.execPath, ['-e', STUBBORN], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child as ChildProcess & { pid: number };
}

describe('DataFolder', () => {
  let path: string;
  const started: ChildProcess[] = [];

  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'tidegate-folder-'));
  });

  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
    rmSync(path, { recursive: true, force: true });
  });

  it('has one holder at a time', async () => {
    const first = await DataFolder.claim(path);
    await expect(DataFolder.claim(path)).rejects.toMatchObject({ reason: 'DATA_FOLDER_IN_USE' });
    first.release();
    (await DataFolder.claim(path)).release();
  });

  it('records children while they run', async () => {
    const folder = await DataFolder.claim(path);
    const child = await startStubborn();
    started.push(child);
    const recorded = () => JSON.parse(readFileSync(join(path, 'run', 'children.json'), 'utf8')) as unknown;
    folder.record('stubborn', child.pid);
    expect(recorded()).toEqual([{ name: 'stubborn', ...findProcess(child.pid) }]);
    folder.forget(child.pid);
    expect(recorded()).toEqual([]);
    folder.release();
  });

  it('ends what a dead holder left running, by force where needed, and says so', async () => {
    const child = await startStubborn();
    started.push(child);
    const identity = findProcess(child.pid);
    if (identity === null) throw new Error('not started');
    (await DataFolder.claim(path)).release();
    writeFileSync(join(path, 'run', 'children.json'), JSON.stringify([{ name: 'stubborn', ...identity }]));
    const lines: string[] = [];
    const folder = await DataFolder.claim(path, (line) => lines.push(line), 200);
    expect(isAlive(identity)).toBe(false);
    expect(lines).toEqual([expect.stringContaining('stubborn')]);
    folder.release();
  });

  it('leaves alone a process that merely has the number of a recorded one', async () => {
    const child = await startStubborn();
    started.push(child);
    (await DataFolder.claim(path)).release();
    const recorded = [{ name: 'gone', pid: child.pid, startedAt: 'long ago' }, 'nonsense'];
    writeFileSync(join(path, 'run', 'children.json'), JSON.stringify(recorded));
    (await DataFolder.claim(path, undefined, 200)).release();
    expect(findProcess(child.pid)).not.toBeNull();
  });
});
