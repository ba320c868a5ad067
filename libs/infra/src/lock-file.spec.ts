import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryLockFile } from './lock-file';
import { findProcess } from './process-identity';

describe('tryLockFile', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidegate-lock-'));
    path = join(folder, 'made', 'owner.json');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const take = () => {
    const attempt = tryLockFile(path);
    if (!('release' in attempt)) throw new Error(`held by ${attempt.holder.pid}`);
    return attempt.release;
  };

  it('is held by one until released', () => {
    const release = take();
    expect(tryLockFile(path)).toEqual({ holder: findProcess(process.pid) });
    release();
    expect(existsSync(path)).toBe(false);
    take();
  });

  it('takes over from a holder that is dead', () => {
    take();
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(path, JSON.stringify({ pid: dead, startedAt: '1' }));
    take();
    expect(tryLockFile(path)).toEqual({ holder: findProcess(process.pid) });
  });

  it('takes over when the number of the dead holder belongs to another process now', () => {
    take();
    writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
    take();
  });

  it('takes over what a crash left half written, and leaves no other file', () => {
    take();
    writeFileSync(path, '{"pid":');
    take();
    expect(readdirSync(join(folder, 'made'))).toEqual(['owner.json']);
  });

  it('does not remove the lock of a later holder', () => {
    const release = take();
    writeFileSync(path, JSON.stringify({ pid: 1, startedAt: 'other' }));
    release();
    expect(existsSync(path)).toBe(true);
  });
});
