import type { Owner } from '../../domain/capacity';
import type { CapacityBook } from '../../domain/capacity-book';

/**
 * Units of people and teams on a simulated day, in proportion to the share of the base that is simulated; what queues have in all is a limit
 * of the allocation. What is broken off a whole unit is carried to the next, so that many small shifts do not all come to nothing.
 */
export class OwnUnits {
  private readonly left = new Map<string, number>();
  private carried = 0;

  constructor(
    private readonly capacity: CapacityBook,
    private readonly share: number,
  ) {}

  /** Takes one unit for a customer of the owner, if he works in the queue; false, and nothing taken, when none is left of his own. */
  take(queue: string, owner: Owner): boolean {
    const own = this.capacity.ownFreeOf(queue, owner);
    for (const { pool, freeUnits } of own) {
      if (!this.left.has(pool)) this.left.set(pool, this.shareOf(freeUnits));
    }
    if (own.some(({ pool }) => (this.left.get(pool) ?? 0) < 1)) return false;
    for (const { pool } of own) this.left.set(pool, (this.left.get(pool) ?? 0) - 1);
    return true;
  }

  private shareOf(units: number): number {
    const wanted = units * this.share + this.carried;
    const whole = Math.round(wanted);
    this.carried = wanted - whole;
    return whole;
  }
}
