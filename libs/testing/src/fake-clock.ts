import { Clock } from '@tidegate/service';

/** A clock that stands still until it is moved. */
export class FakeClock extends Clock {
  constructor(private current: Date = new Date('2026-03-02T02:00:00Z')) {
    super();
  }

  override now(): Date {
    return new Date(this.current);
  }

  set(to: Date): void {
    this.current = to;
  }

  advance(ms: number): void {
    this.current = new Date(this.current.getTime() + ms);
  }
}
