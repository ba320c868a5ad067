import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { MerchantRepository } from '../repositories/merchant.repository';
import { OrgUnitRepository } from '../repositories/org-unit.repository';
import { tally, type PlacedFact, type RowTally } from './domain/productivity';
import { CircleRepository } from './repositories/circle.repository';
import { ProductivityRepository, type RowChange } from './repositories/productivity.repository';

/** Something that happened, where it says it did. */
export interface FactInput {
  kind: PlacedFact['kind'];
  customerId: string;
  /** Empty when it was not at a store. */
  storeId: string;
  /** The outlet, and what else stands for it: it was at the first that there is; none when it was not at an outlet. */
  outletPaths: readonly string[];
  month: string;
}

/** The monthly tables as they are written: facts find their place and are added up. */
@Injectable()
export class ProductivityBook {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly units: OrgUnitRepository,
    private readonly circles: CircleRepository,
    private readonly productivity: ProductivityRepository,
    private readonly clock: Clock,
  ) {}

  /** Each at its place as that is now; null at no known place. */
  async place(facts: readonly FactInput[], tx: Transaction): Promise<(PlacedFact | null)[]> {
    const storeIds = [...new Set(facts.flatMap(({ storeId }) => storeId || []))];
    const stores = new Map((await this.merchants.findStores(storeIds, tx)).map((store) => [store.storeId, store]));
    const merchantIds = [...new Set([...stores.values()].map(({ merchantId }) => merchantId))];
    const orgPaths = await this.merchants.findOrgPaths(merchantIds, tx);
    const circleIds = [...new Set([...stores.values()].flatMap(({ circleId }) => circleId || []))];
    const circles = await this.circles.findMany(circleIds, tx);
    const outlets = await this.units.findExisting([...new Set(facts.flatMap(({ outletPaths }) => outletPaths))], tx);
    return facts.map(({ kind, customerId, storeId, outletPaths, month }) => {
      const store = stores.get(storeId);
      const merchantId = store?.merchantId ?? '';
      const outletPath = outletPaths.find((path) => outlets.has(path));
      const orgPath = outletPath || store?.outletPath || orgPaths.get(merchantId);
      if (!orgPath) return null;
      const circle = circles.get(store?.circleId ?? '') ?? null;
      return { kind, customerId, merchantId, orgPath, circle, month };
    });
  }

  /** Adds facts to their rows; each customer and merchant counts once in a row. */
  async add(facts: readonly PlacedFact[], tx: Transaction): Promise<void> {
    if (facts.length === 0) return;
    const tallies = tally(facts);
    const names = [...tallies].flatMap(([rowId, entry]) => namesOf(rowId, entry));
    const fresh = await this.productivity.count(names, this.clock.now(), tx);
    const changes = [...tallies].map(([rowId, entry]) => toChange(rowId, entry, fresh));
    await this.productivity.add(changes, tx);
  }
}

function toChange(rowId: string, entry: RowTally, fresh: ReadonlySet<string>): RowChange {
  const { row, transactionCount, redemptionCount, fanChange, customerIds, merchantIds } = entry;
  const counts = {
    customerCount: [...customerIds].filter((id) => fresh.has(customerName(rowId, id))).length,
    activeMerchantCount: [...merchantIds].filter((id) => fresh.has(merchantName(rowId, id))).length,
    transactionCount,
    redemptionCount,
  };
  return { row, counts, fanChange };
}

const namesOf = (rowId: string, { customerIds, merchantIds }: RowTally): string[] => [
  ...[...customerIds].map((id) => customerName(rowId, id)),
  ...[...merchantIds].map((id) => merchantName(rowId, id)),
];
const customerName = (rowId: string, id: string): string => `${rowId}|c|${id}`;
const merchantName = (rowId: string, id: string): string => `${rowId}|m|${id}`;
