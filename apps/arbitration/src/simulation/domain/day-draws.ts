import type { Allocation } from '../../domain/allocation/allocate';
import type { LimitTable } from '../../domain/allocation/limit-table';
import type { MemberScorer } from '../../domain/member-scorer';
import { seededRandom } from '../../domain/stable-hash';
import type { Candidate, Strategy } from '../../domain/strategy';

const BASIS_POINTS = 10_000;

/** A candidate that was drawn for a customer, and what it is worth. */
interface Drawn {
  candidate: number;
  score: number;
}

/**
 * The exploration of a simulated day, as in a decision: of each strategy a share of the customers gets one of its candidates that passed, each as
 * likely as the others, in the place of the best. The draws follow from strategy, customer and day, so both worlds and every run draw the same.
 */
export class DayDraws {
  private readonly drawn = new Map<number, Map<Strategy, Drawn>>();
  private readonly isExploring: boolean;

  constructor(
    private readonly candidates: readonly Candidate[],
    private readonly day: number,
  ) {
    this.isExploring = candidates.some(({ strategy }) => strategy.explorationBasisPoints > 0);
  }

  /** The next customer, with the candidates that passed every rule. */
  add(customer: number, customerId: string, passed: Pick<MemberScorer, 'passing' | 'scores' | 'count'>): void {
    if (!this.isExploring) return;
    const placesOf = new Map<Strategy, number[]>();
    for (let at = 0; at < passed.count; at += 1) {
      const { strategy } = this.candidates[passed.passing[at]!]!;
      if (strategy.explorationBasisPoints === 0) continue;
      const places = placesOf.get(strategy) ?? [];
      places.push(at);
      placesOf.set(strategy, places);
    }
    for (const [strategy, places] of placesOf) {
      const random = seededRandom(`explore|simulation|${strategy.strategyId}|${this.day}|${customerId}`);
      if (random() * BASIS_POINTS >= strategy.explorationBasisPoints) continue;
      const at = places[Math.floor(random() * places.length)]!;
      const drawn = this.drawn.get(customer) ?? new Map<Strategy, Drawn>();
      this.drawn.set(customer, drawn.set(strategy, { candidate: passed.passing[at]!, score: passed.scores[at]! }));
    }
  }

  /** The allocation with what was drawn in the place of what was worth most, as far as every limit keeps. */
  apply(allocation: Allocation, table: LimitTable): Allocation {
    if (this.drawn.size === 0) return allocation;
    const [choices, used, explored] = [
      allocation.choices.slice(),
      allocation.used.slice(),
      allocation.explored.slice(),
    ];
    for (const customer of this.drawn.keys()) {
      const best = choices[customer]!;
      const drawn = this.drawnFor(customer, best);
      if (drawn === undefined || drawn.candidate === best) continue;
      table.giveBack(best, used);
      const hasRoom = table.hasRoom(drawn.candidate, used);
      if (hasRoom) [choices[customer], explored[customer]] = [drawn.candidate, 1];
      table.take(choices[customer]!, used);
    }
    return { ...allocation, choices, used, explored };
  }

  /** What a customer's choice is worth, if it was drawn. */
  scoreOf(customer: number, choice: number): number | undefined {
    const drawn = this.drawnFor(customer, choice);
    return drawn?.candidate === choice ? drawn.score : undefined;
  }

  /** What was drawn of the strategy of a choice. */
  private drawnFor(customer: number, choice: number): Drawn | undefined {
    const strategy = this.candidates[choice]?.strategy;
    return strategy && this.drawn.get(customer)?.get(strategy);
  }
}
