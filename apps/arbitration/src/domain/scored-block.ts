import type { ShortlistBlock } from './allocation/shortlist-block';
import type { ModelUse, SlotScore } from './models/slot-score';

/** Member and slot → which model ranked, by its place among the few that differ, from 1; 0 for none. */
export interface BlockUses {
  kinds: ModelUse[];
  places: Uint16Array;
}

/** What the models said of the members of a block: the model that ranks and the shadow of each slot, member by member. NaN stands for none. */
export class BlockPropensities {
  constructor(
    readonly slots: readonly string[],
    readonly values: Float64Array,
    readonly uses: BlockUses,
  ) {}

  static of(slots: readonly string[], memberCount: number): BlockPropensities {
    const values = new Float64Array(memberCount * slots.length * 2).fill(NaN);
    return new BlockPropensities(slots, values, { kinds: [], places: new Uint16Array(memberCount * slots.length) });
  }

  put(member: number, slot: number, said: { champion: number; shadow: number | null; use: ModelUse | null }): void {
    const place = member * this.slots.length + slot;
    this.values[place * 2] = said.champion;
    this.values[place * 2 + 1] = said.shadow ?? NaN;
    this.uses.places[place] = said.use === null ? 0 : this.placeOf(said.use);
  }

  /** As a decision takes them in; empty for a member that did not reach the ranking. */
  of(member: number): SlotScore[] {
    return this.slots.flatMap((slot, index) => {
      const place = member * this.slots.length + index;
      const [champion = NaN, shadow = NaN] = this.values.subarray(place * 2, place * 2 + 2);
      if (Number.isNaN(champion)) return [];
      const use = this.uses.kinds[(this.uses.places[place] ?? 0) - 1];
      return [{ slot, champion, shadow: Number.isNaN(shadow) ? null : shadow, ...(use && { use }) }];
    });
  }

  private placeOf(use: ModelUse): number {
    const { kinds } = this.uses;
    const known = kinds.findIndex((kind) => USE_KEYS.every((key) => kind[key] === use[key]));
    return known >= 0 ? known + 1 : kinds.push(use);
  }
}

/** A block of members that were taken through the rules. */
export interface ScoredBlock {
  customerIds: string[];
  shortlists: ShortlistBlock;
  propensities: BlockPropensities;
}

const USE_KEYS = ['slot', 'group', 'modelId', 'isFallback', 'slotVersion'] as const satisfies (keyof ModelUse)[];
