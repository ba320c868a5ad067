import type { Allocation } from '../../domain/allocation/allocate';
import type { LimitTable } from '../../domain/allocation/limit-table';
import type { ShortlistBlock } from '../../domain/allocation/shortlist-block';
import { ShortlistBuilder } from '../../domain/allocation/shortlist-builder';
import type { MemberScorer } from '../../domain/member-scorer';
import { lostStopOf } from '../../domain/push-terms';
import { codeOf, type ReasonCode } from '../../domain/reason';

const PASSED = codeOf(null);
const OUTRANKED = codeOf('OUTRANKED');
const KEPT_MAX = 8;

/** What was gone of a day when a strategy's customers wanted it. */
export class Shortage {
  private readonly counts = new Map<string, number>();
  private readonly nothing: Float64Array;
  /** The strategy's own candidates that passed, of each customer. */
  private readonly own: ShortlistBuilder;
  private readonly passing: Uint16Array;
  private readonly scores: Float64Array;
  /** Customer → why none of those was chosen. */
  private readonly lost: Uint8Array;

  constructor(
    private readonly table: LimitTable,
    /** Candidate → 1 for the strategy's own. */
    private readonly isOwn: Uint8Array,
    customerCount: number,
  ) {
    this.nothing = new Float64Array(table.limits.length);
    this.own = new ShortlistBuilder(table, new Float64Array(isOwn.length), KEPT_MAX, customerCount);
    this.passing = new Uint16Array(isOwn.length);
    this.scores = new Float64Array(isOwn.length);
    this.lost = new Uint8Array(customerCount);
  }

  /** The next customer, with the candidates that passed every rule; an own one may have met a limit that has no room for anybody. */
  add(draw: number, { passing, scores, count, watchedCode, watchedFurthest }: MemberScorer, isFull: boolean): void {
    let ownCount = 0;
    for (let at = 0; at < count; at += 1) {
      if (this.isOwn[passing[at]!] === 0) continue;
      this.passing[ownCount] = passing[at]!;
      this.scores[ownCount] = scores[at]!;
      ownCount += 1;
    }
    this.own.add(draw, this.passing, this.scores, ownCount);
    if (watchedCode !== PASSED && isFull) this.count(this.table.firstFull(watchedFurthest, this.nothing));
  }

  /** The next customer is gone. */
  addGone(): void {
    this.own.add(0, this.passing, this.scores, 0);
  }

  /** What was given on the day, with the score of each. */
  close({ choices, used }: Allocation, scores: Float32Array): void {
    const own = this.own.build();
    choices.forEach((choice, customer) => {
      if (this.isOwn[choice] === 1 || own.starts[customer] === own.starts[customer + 1]) return;
      this.lost[customer] = this.lossOf(own, customer, used, choice < 0 ? -1 : scores[customer]!);
    });
  }

  /** Why a customer got none of the candidates that passed; code of null when he did, or none passed. */
  lostCode(customer: number): ReasonCode {
    return this.lost[customer]!;
  }

  /** Limit → how many customers it kept from what was worth most to them. */
  get countByLimit(): ReadonlyMap<string, number> {
    return this.counts;
  }

  /** More value elsewhere, or a benefit's units that are gone and nothing instead. */
  private lossOf(own: ShortlistBlock, customer: number, used: Float64Array, chosenScore: number): ReasonCode {
    let furthest = PASSED;
    for (let at = own.starts[customer]!; at < own.starts[customer + 1]!; at += 1) {
      if (own.scores[at]! <= chosenScore) break;
      const limit = this.table.firstFull(own.candidates[at]!, used);
      // The one that is worth most to him comes first.
      if (furthest === PASSED) this.count(limit);
      furthest = Math.max(furthest, limit < 0 ? OUTRANKED : codeOf(lostStopOf(this.table.limits[limit]!.id)));
    }
    return chosenScore >= 0 ? OUTRANKED : furthest;
  }

  private count(limit: number): void {
    const id = this.table.limits[limit]?.id;
    if (id !== undefined) this.counts.set(id, (this.counts.get(id) ?? 0) + 1);
  }
}
