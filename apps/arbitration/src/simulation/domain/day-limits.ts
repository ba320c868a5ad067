import type { LimitTable } from '../../domain/allocation/limit-table';
import { limitTableOf, type LimitLine, type PushTerms } from '../../domain/push-terms';
import type { Candidate } from '../../domain/strategy';

const NO_TERMS: PushTerms = { limits: [], costs: [] };

/** What the choices of a day use of each limit. */
export interface DayUses {
  used: Float64Array;
  /** By strategy, how many of its contacts use each limit. */
  contactsOf: ReadonlyMap<string, Float64Array>;
}

/** The limits of a simulated day: all of them to be counted, and those that its customers can meet to be weighed. */
export class DayLimits {
  /** Of the limits that can be met: nobody's choice depends on the others. */
  readonly table: LimitTable;
  private readonly all: LimitTable;

  constructor(
    private readonly candidates: readonly Candidate[],
    readonly lines: readonly LimitLine[],
    customerCount: number,
  ) {
    this.all = limitTableOf(candidates, NO_TERMS, lines);
    const largest = this.all.largestUses();
    const met = lines.filter(({ max }, limit) => max < customerCount * largest[limit]!);
    this.table = limitTableOf(candidates, NO_TERMS, withoutWider(met));
  }

  /** @param choices customer → candidate, negative for nothing */
  usesOf(choices: Int16Array): DayUses {
    const used = new Float64Array(this.lines.length);
    const contactsOf = new Map<string, Float64Array>();
    for (const choice of choices) {
      if (choice < 0) continue;
      this.all.take(choice, used);
      const { strategyId } = this.candidates[choice]!.strategy;
      const own = contactsOf.get(strategyId) ?? new Float64Array(this.lines.length);
      for (const limit of this.all.limitsOf(choice)) own[limit]! += 1;
      contactsOf.set(strategyId, own);
    }
    return { used, contactsOf };
  }
}

/** Of limits that the same offers use a unit of, as a stock's in all and on its day, the one that has least. */
function withoutWider(lines: readonly LimitLine[]): LimitLine[] {
  const narrowest = new Map<string, LimitLine>();
  for (const line of lines) {
    const offers = line.ofStocks === undefined ? line.id : JSON.stringify(line.ofStocks);
    const held = narrowest.get(offers);
    if (held === undefined || line.max < held.max) narrowest.set(offers, line);
  }
  return [...narrowest.values()];
}
