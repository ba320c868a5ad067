import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { findProcess, isAlive, type ProcessIdentity } from './process-identity';

/** The outcome of one try at a lock file: ours with its release, or who has it. */
export type LockAttempt = { release: () => void } | { holder: ProcessIdentity };

/**
 * Tries to take a lock that names its holder, once. A lock whose holder is dead is taken over; of several processes
 * trying at the same time exactly one gets it.
 */
export function tryLockFile(path: string): LockAttempt {
  const self = findProcess(process.pid) ?? { pid: process.pid, startedAt: 'unknown' };
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  for (;;) {
    // A hard link appears with its content in one step, so nobody ever reads a half-written lock.
    writeFileSync(draft, JSON.stringify(self));
    try {
      linkSync(draft, path);
      return { release: () => releaseOwn(path, self) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    const holder = readHolder(path);
    if (holder !== null && isAlive(holder)) return { holder };
    removeStale(path, holder);
  }
}

function readHolder(path: string): ProcessIdentity | null {
  try {
    const parsed = JSON.parse(readFileSync(path, 'utf8')) as Partial<ProcessIdentity>;
    return typeof parsed.pid === 'number' && typeof parsed.startedAt === 'string'
      ? { pid: parsed.pid, startedAt: parsed.startedAt }
      : null;
  } catch {
    return null;
  }
}

/** Moves the dead holder's file away; when somebody renewed it in between, it is put back. */
function removeStale(path: string, seen: ProcessIdentity | null): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved !== null && (moved.pid !== seen?.pid || moved.startedAt !== seen.startedAt)) {
    try {
      linkSync(aside, path);
    } catch {
      // Taken by a third process meanwhile: its lock stands.
    }
  }
  rmSync(aside, { force: true });
}

function releaseOwn(path: string, self: ProcessIdentity): void {
  if (readHolder(path)?.pid === self.pid) rmSync(path, { force: true });
}
