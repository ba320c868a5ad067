import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { tally, type PlacedFact, type ProductivityCounts } from '../../domain/productivity';
import { CircleRepository } from '../../repositories/circle.repository';
import { ProductivityRepository } from '../../repositories/productivity.repository';

/** Something that happened, where it says it did. */
export interface FactInput {
  kind: PlacedFact['kind'];
  customerId: string;
  /** Empty when it was not at a store. */
  storeId: string;
  /** Empty when it was not at an outlet. */
  outletPath: string;
  month: string;
}

/** Adds facts to the monthly tables; what happened at no known place is passed over. */
@Injectable()
export class RecordFactsUseCase {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly circles: CircleRepository,
    private readonly productivity: ProductivityRepository,
    private readonly clock: Clock,
  ) {}

  async execute(facts: readonly FactInput[], tx: Transaction): Promise<void> {
    if (facts.length === 0) return;
    const tallies = tally(await this.place(facts, tx));
    if (tallies.size === 0) return;
    const names = [...tallies].flatMap(([rowId, { customerIds, merchantIds }]) => [
      ...[...customerIds].map((id) => customerName(rowId, id)),
      ...[...merchantIds].map((id) => merchantName(rowId, id)),
    ]);
    const fresh = await this.productivity.count(names, this.clock.now(), tx);
    const changes = [...tallies].map(([rowId, entry]) => {
      const { row, transactionCount, fanCount, redemptionCount, customerIds, merchantIds } = entry;
      const counts: ProductivityCounts = {
        customerCount: [...customerIds].filter((id) => fresh.has(customerName(rowId, id))).length,
        activeMerchantCount: [...merchantIds].filter((id) => fresh.has(merchantName(rowId, id))).length,
        transactionCount,
        fanCount,
        redemptionCount,
      };
      return { row, counts };
    });
    await this.productivity.add(changes, tx);
  }

  private async place(facts: readonly FactInput[], tx: Transaction): Promise<PlacedFact[]> {
    const storeIds = [...new Set(facts.flatMap(({ storeId }) => storeId || []))];
    const stores = new Map((await this.merchants.findStores(storeIds, tx)).map((store) => [store.storeId, store]));
    const merchantIds = [...new Set([...stores.values()].map(({ merchantId }) => merchantId))];
    const orgPaths = await this.merchants.findOrgPaths(merchantIds, tx);
    const circleIds = [...new Set([...stores.values()].flatMap(({ circleId }) => circleId || []))];
    const circles = await this.circles.findMany(circleIds, tx);
    return facts.flatMap(({ kind, customerId, storeId, outletPath, month }) => {
      const store = stores.get(storeId);
      const merchantId = store?.merchantId ?? '';
      const orgPath = outletPath || store?.outletPath || orgPaths.get(merchantId);
      if (!orgPath) return [];
      const circle = circles.get(store?.circleId ?? '') ?? null;
      return [{ kind, customerId, merchantId, orgPath, circle, month }];
    });
  }
}

const customerName = (rowId: string, id: string): string => `${rowId}|c|${id}`;
const merchantName = (rowId: string, id: string): string => `${rowId}|m|${id}`;
