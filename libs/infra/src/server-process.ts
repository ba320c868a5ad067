import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { DataFolder } from './data-folder';
import { DeadlineError, pollUntil } from './deadline';
import { InfraError } from './infra.errors';
import { isPortFree } from './free-port';
import { openLog, readLogTail } from './log-file';
import { withProgress, type OnProgress } from './progress';

/** How to run one server and how to tell that it serves. */
export interface ServerSpec {
  name: string;
  command: string;
  args: string[];
  /** Besides the environment of this process. */
  env?: Record<string, string>;
  port: number;
  logFile: string;
  /** Throws while the server is not ready. */
  probe: () => Promise<void>;
}

const START_MS = 60_000;
// With the services' own bound this keeps a whole stop under ten seconds; a killed server recovers from its log.
const STOP_MS = 4_000;

/** One server program under our control: may be started again after a stop or a kill, on the same port and data. */
export class ServerProcess {
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();
  private startError: Error | null = null;

  constructor(
    readonly spec: ServerSpec,
    private readonly folder: DataFolder,
    private readonly onProgress: OnProgress,
  ) {}

  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  /**
   * Starts the program and waits until it serves; nothing to do when it runs.
   * @throws PORT_TAKEN, SERVER_START_FAILED with the end of its log.
   */
  async start(): Promise<void> {
    if (this.child !== null) return;
    const { name, port } = this.spec;
    if (!(await isPortFree(port))) {
      throw new InfraError('PORT_TAKEN', `${name} cannot start: port ${port} is taken by another program.`);
    }
    this.launch();
    try {
      await withProgress(`Waiting for ${name}`, this.onProgress, () =>
        pollUntil(this.spec.probe, { deadlineMs: START_MS, giveUp: () => this.assertRunning() }),
      );
    } catch (error) {
      await this.kill('SIGKILL');
      if (!(error instanceof DeadlineError)) throw error;
      throw this.startFailed(`did not answer within ${START_MS / 1000} s (${String(error.cause)})`, error);
    }
  }

  /** Ends it cleanly, by force after a bound; returns when it is gone. */
  async stop(): Promise<void> {
    const force = setTimeout(() => this.child?.kill('SIGKILL'), STOP_MS);
    await this.kill('SIGTERM');
    clearTimeout(force);
  }

  /** Sends the signal and returns when the process is gone. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    this.child?.kill(signal);
    await this.ended;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  private launch(): void {
    const { name, command, args, env, logFile } = this.spec;
    const log = openLog(logFile);
    this.startError = null;
    // Its own group: Ctrl-C in a terminal reaches us only, and we decide the order of stopping.
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    this.child = child;
    this.ended = new Promise((resolve) => {
      const finish = (error: Error | null) => {
        if (child.pid !== undefined) this.folder.forget(child.pid);
        if (this.child === child) this.child = null;
        this.startError = error;
        resolve();
      };
      child.once('error', (error) => finish(error));
      child.once('exit', (code, signal) => finish(new Error(`ended with ${signal ?? `exit code ${code}`}`)));
    });
    if (child.pid !== undefined) this.folder.record(name, child.pid);
  }

  private assertRunning(): void {
    if (this.child === null) throw this.startFailed(this.startError?.message ?? 'ended', this.startError);
  }

  private startFailed(what: string, cause: Error | null): InfraError {
    const { name, command, args, logFile } = this.spec;
    const tail = readLogTail(logFile);
    const message = `${name} ${what}.\nCommand: ${[command, ...args].join(' ')}\nEnd of its log ${logFile}:\n${tail}`;
    return new InfraError('SERVER_START_FAILED', message, { cause });
  }
}
