import { Injectable } from '@nestjs/common';
import type { DomainError } from '@tidegate/errors';
import type { Transaction } from '@tidegate/mongo';
import type { ClaimCommand, Grant } from '../domain/claim';
import type { Instance } from '../domain/instance';
import type { BenefitKind, Stock } from '../domain/stock';

/** What else a claim of a kind does, in the claim's own transaction. A refusal refuses the claim. */
export type ClaimEffect = (stock: Stock, instances: Instance[], tx: Transaction) => Promise<void>;

/** What claims of a kind use up beside the units of their stock; stocks that use the same have one in common. */
export interface Supply {
  left: number;
  /** The refusal when nothing is left. */
  none: () => DomainError;
}

/** Supplies of stocks of a kind, by stock id. */
export type FindSupplies = (stocks: Stock[], tx?: Transaction) => Promise<Map<string, Supply>>;

/**
 * Grants that are wanted no more, by request id, with the refusal. Looked up in the claim's own transaction, and in such a way that who
 * withdraws one meanwhile is a write conflict.
 */
export type FindWithdrawn = (requestIds: string[], tx: Transaction) => Promise<ReadonlyMap<string, DomainError>>;

/** Features say here what claims of their kind of benefit do besides: the wallet knows none of them. */
@Injectable()
export class ClaimEffects {
  private readonly effects = new Map<BenefitKind, ClaimEffect>();

  private readonly finders = new Map<BenefitKind, FindSupplies>();

  private readonly withdrawals: { isTheirs: (grant: Grant) => boolean; find: FindWithdrawn }[] = [];

  on(kind: BenefitKind, effect: ClaimEffect, supplies?: FindSupplies): void {
    this.effects.set(kind, effect);
    if (supplies) this.finders.set(kind, supplies);
  }

  /** For grants whose wish may end before the grant is made. */
  onGrants(isTheirs: (grant: Grant) => boolean, find: FindWithdrawn): void {
    this.withdrawals.push({ isTheirs, find });
  }

  /** Why some of the grants among the commands are not made, by instance id. */
  async withdrawn(commands: readonly ClaimCommand[], tx: Transaction): Promise<ReadonlyMap<string, DomainError>> {
    const refusals = new Map<string, DomainError>();
    const granted = commands.flatMap(({ instanceId, grant }) => (grant ? [{ instanceId, ...grant }] : []));
    for (const { isTheirs, find } of this.withdrawals) {
      const theirs = granted.filter(isTheirs);
      if (theirs.length === 0) continue;
      const found = await find([...new Set(theirs.map(({ requestId }) => requestId))], tx);
      for (const { instanceId, requestId } of theirs) {
        const refusal = found.get(requestId);
        if (refusal) refusals.set(instanceId, refusal);
      }
    }
    return refusals;
  }

  /** What else than their own units the stocks may run out of, by stock id. */
  async supplies(stocks: Iterable<Stock>, tx?: Transaction): Promise<ReadonlyMap<string, Supply>> {
    const found = new Map<string, Supply>();
    const all = [...stocks];
    for (const [kind, find] of this.finders) {
      const ofKind = all.filter((stock) => stock.kind === kind);
      if (ofKind.length > 0) for (const [stockId, supply] of await find(ofKind, tx)) found.set(stockId, supply);
    }
    return found;
  }

  async run(issued: { stock: Stock; instance: Instance }[], tx: Transaction): Promise<void> {
    const byStock = new Map<Stock, Instance[]>();
    for (const { stock, instance } of issued) {
      if (!this.effects.has(stock.kind)) continue;
      byStock.set(stock, [...(byStock.get(stock) ?? []), instance]);
    }
    for (const [stock, instances] of byStock) await this.effects.get(stock.kind)?.(stock, instances, tx);
  }
}
