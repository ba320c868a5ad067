import { setTimeout as delay } from 'node:timers/promises';
import { logger } from '@tidegate/observability';

const log = logger('periodic');

/** Runs background work again and again: never beside itself, never failing loudly, stopped with the service. */
export class PeriodicTasks {
  /** Long work looks here between its steps. */
  isStopped = false;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Set<Promise<void>>();

  every(ms: number, name: string, work: () => Promise<void>): void {
    let isBusy = false;
    const timer = setInterval(() => {
      if (isBusy || this.isStopped) return;
      isBusy = true;
      const run = work()
        .catch((err: unknown) => log.error({ err, task: name }, 'a periodic task failed; it will run again'))
        .finally(() => {
          isBusy = false;
          this.running.delete(run);
        });
      this.running.add(run);
    }, ms);
    // What listens keeps the process alive, not this: a service that could not start ends.
    timer.unref();
    this.timers.push(timer);
  }

  /** Stops and waits, within a bound, for what is running. */
  async stop(): Promise<void> {
    this.isStopped = true;
    for (const timer of this.timers) clearInterval(timer);
    await Promise.race([Promise.all(this.running), delay(5_000, undefined, { ref: false })]);
  }
}
