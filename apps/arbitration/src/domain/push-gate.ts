import type { LimitTable } from './allocation/limit-table';
import { exhaustedStops, lostStopOf } from './push-terms';
import type { Stop } from './reason';
import type { Candidate } from './strategy';

/** Whom a push keeps what is scarce for, and what of it is left while its members are decided. */
export class PushGate {
  private readonly indexOf: ReadonlyMap<Candidate, number>;
  private readonly exhausted: readonly (Stop | null)[];

  constructor(
    candidates: readonly Candidate[],
    private readonly table: LimitTable,
    /** Used so far, by limit; counted on by `take`. */
    readonly used: Float64Array,
    /** Kept for members of the plan who are not decided yet, by limit. */
    private readonly kept: Float64Array = new Float64Array(used.length),
  ) {
    this.indexOf = new Map(candidates.map((candidate, index) => [candidate, index]));
    this.exhausted = exhaustedStops(table);
  }

  /** A member of the plan gets what was planned for it and nothing else: all other candidates are worth more to others, or less to it. */
  ofPlanned(planned: Candidate): (candidate: Candidate) => Stop | null {
    return (candidate) => (candidate === planned ? null : (this.exhausted[this.place(candidate)] ?? 'OUTRANKED'));
  }

  /** A member that cannot have what was planned for it takes what nobody was planned for. */
  readonly ofDisappointed = (candidate: Candidate): Stop | null => {
    const index = this.place(candidate);
    const spokenFor = this.used.map((used, limit) => used + Math.max(0, this.kept[limit] ?? 0));
    return this.exhausted[index] ?? this.lostStop(index, spokenFor);
  };

  /** The others take what members of the plan have left behind (a consent withdrawn since, say), as long as every limit keeps. */
  readonly ofOthers = (candidate: Candidate): Stop | null => {
    const index = this.place(candidate);
    return this.exhausted[index] ?? this.lostStop(index, this.used);
  };

  take(candidate: Candidate): void {
    this.table.take(this.place(candidate), this.used);
  }

  /** Nothing is kept any more for a member that was planned to get the candidate: it is its turn. */
  release(planned: Candidate): void {
    this.table.giveBack(this.place(planned), this.kept);
  }

  private lostStop(index: number, used: Float64Array): Stop | null {
    const full = this.table.firstFull(index, used);
    return full < 0 ? null : lostStopOf(this.table.limits[full]?.id ?? '');
  }

  private place(candidate: Candidate): number {
    const index = this.indexOf.get(candidate);
    if (index === undefined) throw new Error('a candidate came to the gate of a push that it is no part of');
    return index;
  }
}
