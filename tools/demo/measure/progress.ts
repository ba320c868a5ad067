import { performance } from 'node:perf_hooks';

/** How much was done in what time. */
export interface Pace {
  count: number;
  seconds: number;
}

const QUIET_MS = 2_000;
const REPEAT_MS = 3_000;

/** Tells how far a piece of work is, once it takes longer than two seconds. */
export class Progress {
  private readonly startedAt = performance.now();
  private nextAt = QUIET_MS;
  private count = 0;

  constructor(
    private readonly log: (line: string) => void,
    private readonly label: string,
    private readonly total: number,
  ) {}

  add(count: number): void {
    this.to(this.count + count);
  }

  to(count: number): void {
    this.count = count;
    const elapsedMs = performance.now() - this.startedAt;
    if (elapsedMs < this.nextAt || count >= this.total) return;
    this.nextAt = elapsedMs + REPEAT_MS;
    this.log(
      `  ${this.label}: ${whole(count)} of ${whole(this.total)} (${rateOf({ count, seconds: elapsedMs / 1000 })})`,
    );
  }

  /** Ends with one line of what was done and how fast. */
  end(): Pace {
    const pace = { count: this.count, seconds: (performance.now() - this.startedAt) / 1000 };
    const isWorthARate = pace.seconds >= 0.5;
    const speed = isWorthARate ? ` in ${pace.seconds.toFixed(1)} s (${rateOf(pace)})` : '';
    this.log(`  ${this.label}: ${whole(pace.count)}${speed}`);
    return pace;
  }
}

export const whole = (count: number): string => Math.round(count).toLocaleString('en-US');

export const rateOf = ({ count, seconds }: Pace): string => `${whole(seconds > 0 ? count / seconds : 0)}/s`;
