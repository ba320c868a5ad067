import { notFound, refused } from '@tidegate/errors';
import type { Hold } from '../domain/hold';
import type { CodeSeed } from '../domain/code-seed';
import type { Instance } from '../domain/instance';
import type { LedgerTransaction } from '../domain/ledger';
import { usedCodeKey, type CodeContent } from '../domain/redemption-code';
import type { Redemption, Reversal } from '../domain/redemption';
import type { ChangeCause } from '../domain/state-changed';
import type { Stock } from '../domain/stock';

/** What one command changes: all of it, or nothing when a rule refuses. */
export interface TillChange {
  instances: { before: Instance; after: Instance; cause: ChangeCause }[];
  usedCodes?: string[];
  newHold?: Hold;
  movedHold?: Hold;
  redemptions?: Redemption[];
  reversal?: Reversal;
  ledgerTransactions: LedgerTransaction[];
}

/** What the commands of one group commit read, and how they change it so far. */
export class TillBatch {
  readonly changes: TillChange[] = [];
  private readonly changedInstances = new Map<string, Instance>();
  private readonly changedHolds = new Map<string, Hold>();

  constructor(
    private readonly loaded: {
      instances: Map<string, Instance>;
      stocks: Map<string, Stock>;
      holds: Map<string, Hold>;
      usedCodes: Set<string>;
      /** Of the codes that were made by phones. */
      seeds: Map<string, CodeSeed>;
      redemptions: Map<string, Redemption>;
      reversed: Set<string>;
    },
  ) {}

  instance(instanceId: string): Instance | undefined {
    return this.changedInstances.get(instanceId) ?? this.loaded.instances.get(instanceId);
  }

  /** @throws CODE_INVALID when there is no such benefit */
  scanned({ instanceId }: CodeContent): Instance {
    const instance = this.instance(instanceId);
    if (!instance) throw refused('CODE_INVALID', 'This is not one of our codes.');
    return instance;
  }

  stock(stockId: string): Stock {
    const stock = this.loaded.stocks.get(stockId);
    if (!stock) throw new Error(`stock ${stockId} was not loaded`);
    return stock;
  }

  /** @throws HOLD_NOT_FOUND, also for another merchant's */
  hold(holdId: string, merchantId?: string): Hold {
    const hold = this.changedHolds.get(holdId) ?? this.loaded.holds.get(holdId);
    if (!hold || (merchantId !== undefined && hold.merchantId !== merchantId)) {
      throw notFound('HOLD_NOT_FOUND', 'There is no such hold.');
    }
    return hold;
  }

  heldInstances(hold: Hold): Instance[] {
    return hold.items.map(({ instanceId }) => {
      const instance = this.instance(instanceId);
      if (!instance) throw new Error(`instance ${instanceId} of hold ${hold.holdId} was not loaded`);
      return instance;
    });
  }

  /** @throws CODE_USED */
  requireUnused(content: CodeContent): void {
    if (this.loaded.usedCodes.has(usedCodeKey(content))) {
      throw refused('CODE_USED', 'This code was used; show a fresh one.');
    }
  }

  seed(instanceId: string): CodeSeed | undefined {
    return this.loaded.seeds.get(instanceId);
  }

  /** @throws REDEMPTION_NOT_FOUND, also for another merchant's */
  redemption(redemptionId: string, merchantId: string): { redemption: Redemption; isReversed: boolean } {
    const redemption = this.loaded.redemptions.get(redemptionId);
    if (redemption?.merchantId !== merchantId) {
      throw notFound('REDEMPTION_NOT_FOUND', 'There is no such redemption.');
    }
    return { redemption, isReversed: this.loaded.reversed.has(redemptionId) };
  }

  apply(change: TillChange): void {
    this.changes.push(change);
    for (const { after } of change.instances) this.changedInstances.set(after.instanceId, after);
    for (const key of change.usedCodes ?? []) this.loaded.usedCodes.add(key);
    for (const hold of [change.newHold, change.movedHold]) if (hold) this.changedHolds.set(hold.holdId, hold);
    if (change.reversal) this.loaded.reversed.add(change.reversal.redemptionId);
  }

  /** Every changed instance in its last state. */
  instancesToSave(): Instance[] {
    return [...this.changedInstances.values()];
  }

  /** New holds in their last state, and changed ones. */
  holdsToSave(): { added: Hold[]; moved: Hold[] } {
    const isNew = new Set(this.changes.flatMap(({ newHold }) => (newHold ? [newHold.holdId] : [])));
    const all = [...this.changedHolds.values()];
    return {
      added: all.filter(({ holdId }) => isNew.has(holdId)),
      moved: all.filter(({ holdId }) => !isNew.has(holdId)),
    };
  }
}
