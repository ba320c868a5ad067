import type { OpenSlot, SlotsOf } from './promise-times';
import {
  capacityId,
  copyOf,
  count,
  freeUnits,
  holdIds,
  isDay,
  NO_OWNER,
  partSlot,
  poolOf,
  poolsOfOwner,
  type Capacity,
  type Hold,
  type Owner,
} from './capacity';

/** Whether a slot, of a day with parts a part, is one of those that are asked for. */
export type IsMeant = (slot: string) => boolean;
const DAY_MINUTES = 24 * 60;
const ALL: IsMeant = () => true;

/** A moment of the bank's day: parts that ended by then give nothing any more. */
export interface DayMinute {
  day: string;
  minute: number;
}

/**
 * Human capacity as one batch sees and spends it: the slots in force of each queue, the earliest first, and of people and teams in it the same
 * days. A unit is taken of the earliest slot that every pool it counts in has one left in, so no pool ever promises more than it has.
 */
export class CapacityBook {
  readonly changed = new Set<string>();
  /** Made when a queue is asked for first. */
  private readonly byQueue = new Map<string, readonly Capacity[]>();
  private isOfPeople: boolean | undefined;
  /** Another book has the same capacities: who counts first copies them. */
  private isShared = false;

  constructor(
    private byId: ReadonlyMap<string, Capacity>,
    /** Queue → its slots in force. */
    private readonly slotsOf: ReadonlyMap<string, readonly string[]>,
    private readonly from?: DayMinute,
    /** Shared by copies: counts alone differ. */
    private readonly opened: Map<string, readonly OpenSlot[]> = new Map(),
  ) {}

  /** Queues with one slot each. */
  static of(capacities: readonly Capacity[]): CapacityBook {
    return new CapacityBook(
      new Map(capacities.map((capacity) => [capacityId(capacity.queue, capacity.slot), capacity])),
      new Map(capacities.map(({ queue, slot }) => [queue, [slot]])),
    );
  }

  /** Another book of the same state, to be spent from by itself. */
  copy(): CapacityBook {
    const copy = new CapacityBook(this.byId, this.slotsOf, this.from, this.opened);
    copy.isOfPeople = this.hasPeople;
    copy.isShared = this.isShared = true;
    return copy;
  }

  /** Units of the queue that are left in all its slots. */
  freeOf(queue: string): number {
    return this.capacitiesOf(queue).reduce((sum, capacity) => sum + this.freeOfSlot(capacity), 0);
  }

  /** Whether a customer of this owner can be worked in the queue, in one of the slots that are meant. */
  hasRoom(queue: string, owner = NO_OWNER, isMeant: IsMeant = ALL): boolean {
    return this.find(queue, owner, isMeant) !== null;
  }

  /** The slots of the queue that have units, parts of days that are ahead each by itself. */
  readonly openSlots: SlotsOf = (queue) => {
    let slots = this.opened.get(queue);
    if (slots === undefined) {
      slots = this.capacitiesOf(queue).flatMap((capacity) => this.openSlotsOf(capacity));
      this.opened.set(queue, slots);
    }
    return slots;
  };

  /** What is left, in all slots, of each pool that a unit for the owner counts in beside the queue's; none for who does not work in the queue. */
  ownFreeOf(queue: string, owner: Owner): { pool: string; freeUnits: number }[] {
    const left = new Map<string, number>();
    const own = this.ownOf(queue, owner, this.capacitiesOf(queue)) ?? new Map<string, Capacity>();
    for (const [day, ofOwner] of own) {
      const team = ofOwner.team ? this.byId.get(capacityId(poolOf(queue, 'team', ofOwner.team), day)) : undefined;
      for (const capacity of [ofOwner, ...(team ? [team] : [])]) {
        left.set(capacity.queue, (left.get(capacity.queue) ?? 0) + this.freeOfSlot(capacity));
      }
    }
    return [...left].map(([pool, free]) => ({ pool, freeUnits: free }));
  }

  /** The first slot in force. */
  slotOf(queue: string): string {
    return this.slotsOf.get(queue)?.[0] ?? '';
  }

  /** Takes one unit; null, and nothing taken, when there is none. */
  reserve(queue: string, owner = NO_OWNER, isMeant: IsMeant = ALL): Hold | null {
    const hold = this.find(queue, owner, isMeant);
    if (hold !== null) this.count(hold, { reserved: 1, used: 0 });
    return hold;
  }

  /** What is counted in slots that are not held here is left alone. */
  count(hold: Hold, by: { reserved: number; used: number }): void {
    this.copyShared();
    for (const id of holdIds(hold)) {
      const capacity = this.byId.get(id);
      if (capacity === undefined) continue;
      count(capacity, hold.slot, by);
      this.changed.add(id);
    }
  }

  get toSave(): Capacity[] {
    return [...this.changed].flatMap((id) => this.byId.get(id) ?? []);
  }

  capacityOf(queue: string): Capacity | undefined {
    return this.capacitiesOf(queue)[0];
  }

  /**
   * A person who works in the queue on any of the days has his customers to himself: they wait for his own slots. Of one who does not, and of
   * nobody, the same goes for the team.
   */
  private find(queue: string, owner: Owner, isMeant: IsMeant): Hold | null {
    const capacities = this.capacitiesOf(queue);
    const own = this.ownOf(queue, owner, capacities);
    for (const capacity of capacities) {
      const ofOwner = own?.get(capacity.slot);
      if (own !== null && ofOwner === undefined) continue;
      const hold = this.findIn(capacity, ofOwner, isMeant);
      if (hold !== null) return hold;
    }
    return null;
  }

  /** Slot → what the person, else the team, has in it; null when neither works on any of the days. */
  private ownOf(queue: string, owner: Owner, capacities: readonly Capacity[]): ReadonlyMap<string, Capacity> | null {
    if (!this.hasPeople) return null;
    for (const pool of poolsOfOwner(queue, owner)) {
      const own = capacities.flatMap(({ slot }) => this.byId.get(capacityId(pool, slot)) ?? []);
      if (own.some(({ units }) => units > 0)) return new Map(own.map((one) => [one.slot, one]));
    }
    return null;
  }

  /** @param own of a person, who has a team on the day or none, or of a team */
  private findIn(capacity: Capacity, own: Capacity | undefined, isMeant: IsMeant): Hold | null {
    const { queue, slot: day } = capacity;
    const team = own?.team ? this.byId.get(capacityId(poolOf(queue, 'team', own.team), day)) : undefined;
    const counted = [capacity, ...(team ? [team] : []), ...(own ? [own] : [])];
    const pools = counted.map((one) => one.queue);
    if (capacity.parts === undefined) return freeUnits(capacity) > 0 && isMeant(day) ? { pools, slot: day } : null;
    for (const { fromMinute, toMinute } of capacity.parts) {
      if (this.isOver(day, toMinute)) continue;
      const isFree = counted.every(({ parts = [] }) => {
        const part = parts.find((one) => one.fromMinute === fromMinute);
        return part !== undefined && freeUnits(part) > 0;
      });
      const slot = partSlot(day, fromMinute);
      if (isFree && isMeant(slot)) return { pools, slot };
    }
    return null;
  }

  private openSlotsOf({ slot, units, parts }: Capacity): OpenSlot[] {
    if (parts === undefined) {
      return units > 0 ? [{ slot, day: isDay(slot) ? slot : '', fromMinute: 0, toMinute: DAY_MINUTES }] : [];
    }
    return parts
      .filter((part) => part.units > 0 && !this.isOver(slot, part.toMinute))
      .map(({ fromMinute, toMinute }) => ({ slot: partSlot(slot, fromMinute), day: slot, fromMinute, toMinute }));
  }

  private freeOfSlot(capacity: Capacity): number {
    if (capacity.parts === undefined) return freeUnits(capacity);
    const ahead = capacity.parts.filter(({ toMinute }) => !this.isOver(capacity.slot, toMinute));
    return ahead.reduce((sum, part) => sum + freeUnits(part), 0);
  }

  private isOver = (day: string, toMinute: number): boolean =>
    this.from !== undefined && (day < this.from.day || (day === this.from.day && toMinute <= this.from.minute));

  private get hasPeople(): boolean {
    this.isOfPeople ??= [...this.byId.values()].some(({ queue }) => !this.slotsOf.has(queue));
    return this.isOfPeople;
  }

  private capacitiesOf(queue: string): readonly Capacity[] {
    let capacities = this.byQueue.get(queue);
    if (capacities === undefined) {
      const slots = this.slotsOf.get(queue) ?? [];
      capacities = slots.flatMap((slot) => this.byId.get(capacityId(queue, slot)) ?? []);
      this.byQueue.set(queue, capacities);
    }
    return capacities;
  }

  private copyShared(): void {
    if (!this.isShared) return;
    this.byId = new Map([...this.byId].map(([id, one]) => [id, copyOf(one)]));
    this.byQueue.clear();
    this.isShared = false;
  }
}
