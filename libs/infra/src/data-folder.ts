import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pause } from './deadline';
import { InfraError } from './infra.errors';
import { tryLockFile } from './lock-file';
import { OrphanGuard } from './orphan-guard';
import { findProcess, isAlive, sendSignal, type ProcessIdentity } from './process-identity';
import type { OnProgress } from './progress';

interface RecordedChild extends ProcessIdentity {
  name: string;
}

const STOP_MS = 8_000;

/**
 * A data folder held by this process alone. It records the child processes that work on it, so that whatever way this
 * process ends, nothing of it is left running: the {@link OrphanGuard} ends them at once, or the next holder does.
 */
export class DataFolder {
  private readonly children = new Map<number, RecordedChild>();
  private readonly guard = new OrphanGuard();

  private constructor(
    readonly path: string,
    private readonly releaseLock: () => void,
  ) {}

  /**
   * Takes the folder (made when missing) and ends what a dead holder left running.
   * @throws DATA_FOLDER_IN_USE when a live process holds it.
   */
  static async claim(path: string, onProgress: OnProgress = () => undefined, graceMs = STOP_MS): Promise<DataFolder> {
    const absolute = resolve(path);
    mkdirSync(join(absolute, 'run'), { recursive: true });
    const attempt = tryLockFile(join(absolute, 'run', 'owner.json'));
    if ('holder' in attempt) {
      const message = `${absolute} is in use by process ${attempt.holder.pid}. Stop that one first, or choose another data folder.`;
      throw new InfraError('DATA_FOLDER_IN_USE', message);
    }
    const folder = new DataFolder(absolute, attempt.release);
    await endLeftovers(folder.childrenFile, onProgress, graceMs);
    folder.save();
    return folder;
  }

  /** Notes a running child; call {@link forget} when it has ended. */
  record(name: string, pid: number): void {
    const identity = findProcess(pid);
    if (identity === null) return;
    this.children.set(pid, { name, ...identity });
    this.guard.watch(pid);
    this.save();
  }

  forget(pid: number): void {
    if (!this.children.delete(pid)) return;
    this.guard.unwatch(pid);
    this.save();
  }

  /** Gives the folder free; stop the children before. */
  release(): void {
    this.guard.close();
    this.releaseLock();
  }

  private get childrenFile(): string {
    return join(this.path, 'run', 'children.json');
  }

  private save(): void {
    const draft = `${this.childrenFile}.draft`;
    writeFileSync(draft, JSON.stringify([...this.children.values()]));
    renameSync(draft, this.childrenFile);
  }
}

async function endLeftovers(file: string, onProgress: OnProgress, graceMs: number): Promise<void> {
  const leftovers = readChildren(file).filter(isAlive);
  if (leftovers.length === 0) return;
  onProgress(`Ending what an earlier run left behind: ${leftovers.map((child) => child.name).join(', ')}`);
  await endProcesses(leftovers, graceMs);
}

/** Asks politely, then ends by force after `graceMs`; returns when all are gone. */
export async function endProcesses(processes: readonly ProcessIdentity[], graceMs: number): Promise<void> {
  for (const one of processes) sendSignal(one, 'SIGTERM');
  const endsAt = Date.now() + graceMs;
  while (processes.some(isAlive) && Date.now() < endsAt) await pause(50);
  for (const one of processes) sendSignal(one, 'SIGKILL');
  while (processes.some(isAlive)) await pause(20);
}

function readChildren(file: string): RecordedChild[] {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(parsed) ? parsed.filter(isRecordedChild) : [];
  } catch {
    return [];
  }
}

function isRecordedChild(value: unknown): value is RecordedChild {
  const child = value as Partial<RecordedChild> | null;
  return typeof child?.pid === 'number' && typeof child.startedAt === 'string' && typeof child.name === 'string';
}
