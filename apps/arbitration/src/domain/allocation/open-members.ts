import type { ShortlistBlock } from './shortlist-block';

/** Members taken out of their blocks and held in memory, to be weighed against each other. */
export class OpenMembers {
  private members = new Uint32Array(1024);
  private draws = new Uint32Array(1024);
  private starts = new Uint32Array(1025);
  private candidates = new Uint16Array(8192);
  private scores = new Float32Array(8192);
  private count = 0;

  add(block: ShortlistBlock, inBlock: number, member: number): void {
    const from = block.starts[inBlock]!;
    const to = block.starts[inBlock + 1]!;
    const entries = this.starts[this.count]!;
    this.reserve(entries + to - from);
    this.candidates.set(block.candidates.subarray(from, to), entries);
    this.scores.set(block.scores.subarray(from, to), entries);
    this.members[this.count] = member;
    this.draws[this.count] = block.draws[inBlock]!;
    this.count += 1;
    this.starts[this.count] = entries + to - from;
  }

  /** Number of the member in the whole list. */
  memberAt(at: number): number {
    return this.members[at]!;
  }

  /** The shortlists, as a block of their own. */
  toBlock(): ShortlistBlock {
    const entries = this.starts[this.count]!;
    return {
      starts: this.starts.subarray(0, this.count + 1),
      candidates: this.candidates.subarray(0, entries),
      scores: this.scores.subarray(0, entries),
      dropped: new Float32Array(this.count).fill(-Infinity),
      draws: this.draws.subarray(0, this.count),
    };
  }

  private reserve(entries: number): void {
    if (this.count + 1 >= this.members.length) {
      const length = this.members.length * 2;
      this.members = grown(this.members, new Uint32Array(length));
      this.draws = grown(this.draws, new Uint32Array(length));
      this.starts = grown(this.starts, new Uint32Array(length + 1));
    }
    if (entries <= this.candidates.length) return;
    const length = Math.max(entries, this.candidates.length * 2);
    this.candidates = grown(this.candidates, new Uint16Array(length));
    this.scores = grown(this.scores, new Float32Array(length));
  }
}

function grown<T extends Uint32Array | Uint16Array | Float32Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
