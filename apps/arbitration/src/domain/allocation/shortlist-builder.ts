import type { LimitTable } from './limit-table';
import type { ShortlistBlock } from './shortlist-block';
import { drawnScore } from './worth';

/**
 * Makes the shortlists of a block: of each class of candidates the best, of the classes those that are worth most beyond their price.
 * Nothing is allocated for a pair of member and candidate.
 */
export class ShortlistBuilder {
  private readonly starts: Uint32Array;
  private readonly draws: Uint32Array;
  private readonly dropped: Float32Array;
  private readonly candidates: Uint16Array;
  private readonly scores: Float32Array;
  private readonly bestOf: Int32Array;
  private readonly bestScoreOf: Float64Array;
  private readonly classes: Uint16Array;
  private members = 0;
  private entries = 0;
  private draw = 0;

  /** `prices` are those of the candidates at the time; `keptMax` how many classes a member keeps. */
  constructor(
    private readonly table: LimitTable,
    private readonly prices: Float64Array,
    private readonly keptMax: number,
    membersMax: number,
  ) {
    this.starts = new Uint32Array(membersMax + 1);
    this.draws = new Uint32Array(membersMax);
    this.dropped = new Float32Array(membersMax);
    const entriesMax = membersMax * Math.min(keptMax, table.classCount);
    this.candidates = new Uint16Array(entriesMax);
    this.scores = new Float32Array(entriesMax);
    this.bestOf = new Int32Array(table.classCount).fill(-1);
    this.bestScoreOf = new Float64Array(table.classCount);
    this.classes = new Uint16Array(table.classCount);
  }

  /** Adds the next member with its first `count` passing candidates. */
  add(draw: number, passing: Uint16Array, scores: Float64Array, count: number): void {
    const classCount = this.foldToClasses(passing, scores, count);
    let mostDropped = -Infinity;
    this.draw = draw;
    const from = this.entries;
    for (let at = 0; at < classCount; at += 1) {
      const ofClass = this.classes[at]!;
      const fallen = this.insert(from, this.bestOf[ofClass]!, this.bestScoreOf[ofClass]!);
      if (fallen > mostDropped) mostDropped = fallen;
      this.bestOf[ofClass] = -1;
    }
    this.draws[this.members] = draw;
    // Rounded up, so that it stays a bound.
    const isComplete = mostDropped === -Infinity;
    this.dropped[this.members] = isComplete ? mostDropped : mostDropped + Math.abs(mostDropped) * 2 ** -23;
    this.members += 1;
    this.starts[this.members] = this.entries;
  }

  build(): ShortlistBlock {
    return {
      starts: this.starts.slice(0, this.members + 1),
      draws: this.draws.slice(0, this.members),
      dropped: this.dropped.slice(0, this.members),
      candidates: this.candidates.slice(0, this.entries),
      scores: this.scores.slice(0, this.entries),
    };
  }

  private foldToClasses(passing: Uint16Array, scores: Float64Array, count: number): number {
    const { classOf } = this.table;
    let classCount = 0;
    for (let at = 0; at < count; at += 1) {
      const candidate = passing[at]!;
      const ofClass = classOf[candidate]!;
      const score = Math.fround(scores[at]!);
      if (this.bestOf[ofClass]! < 0) this.classes[classCount++] = ofClass;
      else if (score <= this.bestScoreOf[ofClass]!) continue;
      this.bestOf[ofClass] = candidate;
      this.bestScoreOf[ofClass] = score;
    }
    return classCount;
  }

  /** Puts the candidate into the member's list, best first; returns what the one that fell out was worth beyond its price. */
  private insert(from: number, candidate: number, score: number): number {
    const worth = drawnScore(score, this.draw) - this.prices[candidate]!;
    const isFull = this.entries - from === this.keptMax;
    let at = isFull ? this.entries - 1 : this.entries;
    let fallen = -Infinity;
    if (isFull) {
      const last = this.worthAt(at);
      if (last >= worth) return worth;
      fallen = last;
    } else this.entries += 1;
    while (at > from && this.worthAt(at - 1) < worth) {
      this.candidates[at] = this.candidates[at - 1]!;
      this.scores[at] = this.scores[at - 1]!;
      at -= 1;
    }
    this.candidates[at] = candidate;
    this.scores[at] = score;
    return fallen;
  }

  private worthAt(at: number): number {
    return drawnScore(this.scores[at]!, this.draw) - this.prices[this.candidates[at]!]!;
  }
}
