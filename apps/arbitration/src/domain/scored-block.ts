import type { ShortlistBlock } from './allocation/shortlist-block';
import type { SlotScore } from './models/slot-score';

/** What the models said of the members of a block: champion and shadow of each slot, member by member. NaN stands for none. */
export class BlockPropensities {
  constructor(
    readonly slots: readonly string[],
    readonly values: Float64Array,
  ) {}

  static of(slots: readonly string[], memberCount: number): BlockPropensities {
    return new BlockPropensities(slots, new Float64Array(memberCount * slots.length * 2).fill(NaN));
  }

  put(member: number, slot: number, champion: number, shadow: number | null): void {
    const at = (member * this.slots.length + slot) * 2;
    this.values[at] = champion;
    this.values[at + 1] = shadow ?? NaN;
  }

  /** As a decision takes them in; empty for a member that did not reach the ranking. */
  of(member: number): SlotScore[] {
    return this.slots.flatMap((slot, index) => {
      const at = (member * this.slots.length + index) * 2;
      const [champion = NaN, shadow = NaN] = this.values.subarray(at, at + 2);
      return Number.isNaN(champion) ? [] : [{ slot, champion, shadow: Number.isNaN(shadow) ? null : shadow }];
    });
  }
}

/** A block of members that were taken through the rules. */
export interface ScoredBlock {
  customerIds: string[];
  shortlists: ShortlistBlock;
  propensities: BlockPropensities;
}
