import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { setPriority } from 'node:os';
import { openLog, pause, readLogTail, type DataFolder, type OnProgress } from '@tidegate/infra';
import { ATTEMPTS_MAX, RestartPolicy } from './restart-policy';

/** How to run one service. */
export interface ServiceSpec {
  name: string;
  bundle: string;
  cwd: string;
  environment: Record<string, string>;
  logFile: string;
  healthUrl: string;
  /** Flags of V8 on memory. */
  memoryFlags: readonly string[];
  /** Operating-system priority, 0 to 19. */
  niceness: number;
  /** However often it ends: for tests that end it. */
  isAlwaysRestarted?: boolean;
}

const HEALTH_TIMEOUT_MS = 2_000;

/** A service's process, started again after a crash, on the same ports. */
export class ServiceProcess {
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();
  private isStopping = false;
  private failure: Error | null = null;
  private readonly policy: RestartPolicy;

  constructor(
    readonly spec: ServiceSpec,
    private readonly folder: DataFolder,
    private readonly onProgress: OnProgress,
    /** Called when it has ended by itself, before it is started again. */
    private readonly onCrash: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.policy = new RestartPolicy(spec.isAlwaysRestarted ? 0 : undefined);
  }

  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  start(): void {
    const { name, bundle, cwd, environment, logFile, memoryFlags, niceness } = this.spec;
    const log = openLog(logFile);
    // glibc gives every thread a heap of its own otherwise, which idle threads keep.
    const env = { MALLOC_ARENA_MAX: '2', ...process.env, ...environment, NO_COLOR: '1' };
    // Its own group: Ctrl-C in a terminal reaches the supervisor only, which stops services in order.
    const stdio: ['ignore', number, number] = ['ignore', log, log];
    const child = spawn(process.execPath, [...memoryFlags, bundle], {
      cwd,
      env,
      stdio,
      detached: true,
    });
    closeSync(log);
    if (child.pid !== undefined && niceness > 0) setPriority(child.pid, niceness);
    const startedAt = Date.now();
    this.child = child;
    this.ended = new Promise((resolve) => {
      const finish = (how: string) => {
        if (this.child !== child) return;
        this.child = null;
        if (child.pid !== undefined) this.folder.forget(child.pid);
        resolve();
        this.afterEnd(how, Date.now() - startedAt);
      };
      child.once('error', (error) => finish(error.message));
      child.once('exit', (code, signal) => finish(signal ?? `exit code ${code}`));
    });
    if (child.pid !== undefined) this.folder.record(name, child.pid);
  }

  /** True when the service says that it is up. @throws Error with the end of its log when it was given up. */
  async isHealthy(): Promise<boolean> {
    if (this.failure !== null) throw this.failure;
    if (this.child === null) return false;
    try {
      const response = await fetch(this.spec.healthUrl, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });
      await response.body?.cancel();
      return response.status === 200;
    } catch {
      return false;
    }
  }

  /** Ends it cleanly, by force after `graceMs`; returns when it is gone. */
  async stop(graceMs: number): Promise<void> {
    this.isStopping = true;
    const force = setTimeout(() => this.child?.kill('SIGKILL'), graceMs);
    this.child?.kill('SIGTERM');
    await this.ended;
    clearTimeout(force);
  }

  private afterEnd(how: string, ranMs: number): void {
    if (this.isStopping) return;
    const { name, logFile } = this.spec;
    const decision = this.policy.decide(ranMs);
    if (decision === 'give-up') {
      this.failure = new Error(
        `${name} ended ${ATTEMPTS_MAX + 1} times in a row (${how}). End of ${logFile}:\n${readLogTail(logFile)}`,
      );
      this.onProgress(`${this.failure.message}\n${name} is not started again.`);
      return;
    }
    this.onProgress(
      `${name} ended (${how}); starting it again in ${decision.delayMs / 1000} s (${decision.attempt} of ${ATTEMPTS_MAX})`,
    );
    const after = this.onCrash().catch((error: Error) => this.onProgress(`After the end of ${name}: ${error.message}`));
    void Promise.all([pause(decision.delayMs), after]).then(() => {
      if (!this.isStopping) this.start();
    });
  }
}
