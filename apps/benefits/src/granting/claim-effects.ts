import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import type { Instance } from '../domain/instance';
import type { BenefitKind, Stock } from '../domain/stock';

/** What else a claim of a kind does, in the claim's own transaction. A refusal refuses the claim. */
export type ClaimEffect = (stock: Stock, instances: Instance[], tx: Transaction) => Promise<void>;

/** Features say here what claims of their kind of benefit do besides: the wallet knows none of them. */
@Injectable()
export class ClaimEffects {
  private readonly effects = new Map<BenefitKind, ClaimEffect>();

  on(kind: BenefitKind, effect: ClaimEffect): void {
    this.effects.set(kind, effect);
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
