import { emptyAccount, putIn, takeOut, type PointsAccount, type PointsLot } from './points-account';
import { entryIdOf, writeEntry, type PointsEntry } from './points-entry';

/** What moves points beside card transactions; the same reference moves once in each way. */
export interface PointsMove {
  customerId: string;
  reference: string;
}

type MoveKind = 'reward' | 'spend' | 'return';

/** Ids of the entries that moves under a reference may have made. */
export const moveEntryIds = ({ customerId, reference }: PointsMove): string[] =>
  (['reward', 'spend', 'return'] as const).map((kind) => entryIdOf(kind, customerId, reference));

/** Moves points one after another: each sees what those before it changed. */
export class PointsBatch {
  readonly entries: PointsEntry[] = [];
  private readonly changed = new Map<string, PointsAccount>();

  constructor(
    readonly known: ReadonlyMap<string, PointsAccount>,
    /** What the moves of this batch made before it, by id. */
    private readonly made: Map<string, PointsEntry>,
    private readonly now: Date,
  ) {}

  /** Gives points that are not earned by a rule; the same reference gives once. */
  reward(move: PointsMove, lot: PointsLot): PointsEntry {
    return this.once('reward', move, (account) => ({ account: putIn(account, [lot]), lots: [lot] }));
  }

  /** Takes points out, first in first out; the same reference takes once. @throws POINTS_INSUFFICIENT */
  spend(move: PointsMove, points: number): PointsEntry {
    return this.once('spend', move, (before) => {
      const { account, taken } = takeOut(before, points, this.now);
      return { account, lots: taken };
    });
  }

  /** Puts back what a spend took, into the lots it came from; once. */
  giveBack(move: PointsMove): PointsEntry {
    const spent = this.made.get(entryIdOf('spend', move.customerId, move.reference));
    if (!spent) throw new Error(`nothing was spent for ${move.reference}`);
    return this.once('return', move, (account) => ({ account: putIn(account, spent.lots), lots: spent.lots }));
  }

  /** The accounts to write. */
  accounts(): PointsAccount[] {
    return [...this.changed.values()];
  }

  private once(
    kind: MoveKind,
    { customerId, reference }: PointsMove,
    change: (account: PointsAccount) => { account: PointsAccount; lots: PointsLot[] },
  ): PointsEntry {
    const earlier = this.made.get(entryIdOf(kind, customerId, reference));
    if (earlier) return earlier;
    const before = this.changed.get(customerId) ?? this.known.get(customerId) ?? emptyAccount(customerId);
    const { account, lots } = change(before);
    const entry = writeEntry(account, kind, { reference, lots, occurredAt: this.now }, this.now);
    this.changed.set(customerId, account);
    this.made.set(entry.entryId, entry);
    this.entries.push(entry);
    return entry;
  }
}
