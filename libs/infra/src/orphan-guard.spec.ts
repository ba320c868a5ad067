import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pollUntil } from './deadline';
import { findProcess, isAlive, type ProcessIdentity } from './process-identity';

const LOADER = join(__dirname, '..', '..', '..', 'node_modules', 'tsx', 'dist', 'loader.mjs');
const GUARD = join(__dirname, 'orphan-guard.ts');
// Starts two children, watches both, forgets the second, and waits to be killed.
const SCRIPT = `
  const { spawn } = require('node:child_process');
  const { OrphanGuard } = require(${JSON.stringify(GUARD)});
  const start = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
  const [watched, forgotten] = [start(), start()];
  const guard = new OrphanGuard();
  guard.watch(forgotten.pid);
  guard.watch(watched.pid);
  guard.unwatch(forgotten.pid);
  console.log(watched.pid + ' ' + forgotten.pid);
  setInterval(() => {}, 1000);
`;

const identify = (pid: string | undefined): ProcessIdentity => {
  const identity = findProcess(Number(pid));
  if (identity === null) throw new Error(`no process ${pid}`);
  return identity;
};

describe('OrphanGuard', () => {
  it('ends the watched children, and only them, when the parent is killed', async () => {
    const parent = spawn(process.execPath, ['--import', LOADER, '-e', SCRIPT], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const line = await new Promise<string>((resolve) => parent.stdout.once('data', (data) => resolve(String(data))));
    const [watched, forgotten] = line.trim().split(' ').map(identify);
    if (watched === undefined || forgotten === undefined) throw new Error(`unexpected output: ${line}`);
    parent.kill('SIGKILL');
    await pollUntil(() => (isAlive(watched) ? Promise.reject(new Error('alive')) : Promise.resolve()), {
      deadlineMs: 20_000,
    });
    expect(isAlive(forgotten)).toBe(true);
    process.kill(forgotten.pid, 'SIGKILL');
  });
});
