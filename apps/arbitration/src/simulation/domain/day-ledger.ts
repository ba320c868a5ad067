import type { LimitLine } from '../../domain/push-terms';
import type { DayUses } from './day-limits';

/** The period that a limit counts. */
export type PeriodOf = (id: string) => string;

/** What a world used up so far, by limit and the period that the limit counts. */
export class DayLedger {
  private readonly used = new Map<string, number>();
  /** By strategy, how many of its contacts use it. */
  private readonly contacts = new Map<string, Map<string, number>>();

  /**
   * What is left of each limit on a day, in proportion to the share of the base that is simulated. Rounded to whole units by carrying what is
   * broken off from limit to limit, so that many small queues do not all come to nothing.
   */
  left(lines: readonly LimitLine[], share: number, periodOf: PeriodOf): LimitLine[] {
    let carried = 0;
    return lines.map((line) => {
      const wanted = line.max * share + carried;
      const max = Math.round(wanted);
      carried = wanted - max;
      return { ...line, max: Math.max(0, max - (this.used.get(keyOf(line.id, periodOf)) ?? 0)) };
    });
  }

  take(lines: readonly LimitLine[], { used, contactsOf }: DayUses, periodOf: PeriodOf): void {
    lines.forEach(({ id }, limit) => {
      const key = keyOf(id, periodOf);
      this.used.set(key, (this.used.get(key) ?? 0) + (used[limit] ?? 0));
      const byStrategy = this.contacts.get(key) ?? new Map<string, number>();
      for (const [strategyId, counts] of contactsOf) {
        if (counts[limit]) byStrategy.set(strategyId, (byStrategy.get(strategyId) ?? 0) + counts[limit]);
      }
      this.contacts.set(key, byStrategy);
    });
  }

  /** Contacts that use a limit in its period, by strategy. */
  contactsOf(id: string, periodOf: PeriodOf): ReadonlyMap<string, number> {
    return this.contacts.get(keyOf(id, periodOf)) ?? new Map<string, number>();
  }
}

const keyOf = (id: string, periodOf: PeriodOf): string => `${id}|${periodOf(id)}`;
