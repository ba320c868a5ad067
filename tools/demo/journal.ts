import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

interface JournalFile {
  version: number;
  /** What was decided or measured once and must stay, by name. */
  kept: Record<string, unknown>;
  /** Steps that are done. */
  done: string[];
  finishedAt: string | null;
}

// Grows when an earlier story cannot be gone on with.
const VERSION = 1;

/**
 * What the story remembers beside the platform: which steps are done, moments and measurements that cannot be had again. It lives
 * in the data folder, so that a story that was cut goes on where it was, and a finished one is not played again.
 */
export class Journal {
  private constructor(
    private readonly path: string,
    private readonly file: JournalFile,
  ) {}

  /** @throws Error when the folder holds the story of another version */
  static open(path: string): Journal {
    const empty: JournalFile = { version: VERSION, kept: {}, done: [], finishedAt: null };
    const file = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as JournalFile) : empty;
    if (file.version !== VERSION) {
      throw new Error(`${path} tells of a demo story of another version. Choose another folder with --data-dir.`);
    }
    return new Journal(path, file);
  }

  get finishedAt(): string | null {
    return this.file.finishedAt;
  }

  isDone(step: string): boolean {
    return this.file.done.includes(step);
  }

  /** Runs a step that was not done yet; a failure leaves it to be run again. */
  async step(step: string, work: () => Promise<void>): Promise<void> {
    if (this.isDone(step)) return;
    await work();
    this.file.done.push(step);
    this.save();
  }

  /** The value that was kept under this name, or the one that is made and kept now. */
  keep<T>(name: string, make: () => T): T {
    if (!(name in this.file.kept)) this.put(name, make());
    return this.file.kept[name] as T;
  }

  put(name: string, value: unknown): void {
    this.file.kept[name] = value;
    this.save();
  }

  find<T>(name: string): T | undefined {
    return this.file.kept[name] as T | undefined;
  }

  get<T>(name: string): T {
    if (!(name in this.file.kept)) throw new Error(`${this.path} does not tell ${name}`);
    return this.file.kept[name] as T;
  }

  finish(at: Date): void {
    this.file.finishedAt ??= at.toISOString();
    this.save();
  }

  private save(): void {
    mkdirSync(dirname(this.path), { recursive: true });
    const next = `${this.path}.next`;
    writeFileSync(next, `${JSON.stringify(this.file, null, 2)}\n`, { mode: 0o600 });
    // A cut leaves the old file or the new one, never half of one.
    renameSync(next, this.path);
  }
}
