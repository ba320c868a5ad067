import type { StrategyAction } from '../../domain/strategy';

/** On which simulated days customers have the moments that actions wait for: a bit for each of up to 32 days. */
export class MomentCalendar {
  private readonly days = new Map<StrategyAction, Uint32Array>();

  constructor(
    readonly dayCount: number,
    private readonly customerCount: number,
  ) {}

  /** Actions of a rule that is played, also where nobody has the moment. */
  play(actions: readonly StrategyAction[]): void {
    for (const action of actions) {
      if (!this.days.has(action)) this.days.set(action, new Uint32Array(this.customerCount));
    }
  }

  /** Days of one rule for a customer, in order; within its cooldown the rule fires once. */
  add(actions: readonly StrategyAction[], customer: number, days: readonly number[], cooldownDays: number): void {
    let last = -Infinity;
    for (const day of days) {
      if (day < 0 || day >= this.dayCount || day - last < cooldownDays) continue;
      last = day;
      for (const action of actions) {
        const own = this.days.get(action);
        if (own !== undefined) own[customer] = (own[customer] ?? 0) | (1 << day);
      }
    }
  }

  isPlayed(action: StrategyAction): boolean {
    return this.days.has(action);
  }

  has(action: StrategyAction, customer: number, day: number): boolean {
    return ((this.days.get(action)?.[customer] ?? 0) & (1 << day)) !== 0;
  }
}
