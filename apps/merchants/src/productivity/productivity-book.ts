import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { PersonLinkRepository } from '@tidegate/person-links';
import type { Persons } from '@tidegate/persons';
import { Clock } from '@tidegate/service';
import { MerchantRepository } from '../repositories/merchant.repository';
import { OrgUnitRepository } from '../repositories/org-unit.repository';
import { newPersons, tally, type PlacedFact, type RowTally } from './domain/productivity';
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
    private readonly persons: PersonLinkRepository,
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

  /** Adds facts to their rows; each natural person and merchant counts once in a row, the person under whichever profile. */
  async add(facts: readonly PlacedFact[], tx: Transaction): Promise<void> {
    if (facts.length === 0) return;
    const tallies = [...tally(facts)];
    const persons = await this.persons.find([...new Set(tallies.flatMap(([, entry]) => [...entry.customerIds]))], tx);
    const names = tallies.flatMap(([rowId, entry]) => namesOf(rowId, entry, persons));
    const counted = await this.productivity.findCounted(names, tx);
    const fresh = tallies.map(([rowId, { customerIds, merchantIds }]) => ({
      customers: newPersons([...customerIds], (id) => counted.has(customerName(rowId, id)), persons),
      merchants: [...merchantIds].filter((id) => !counted.has(merchantName(rowId, id))),
    }));
    const freshNames = tallies.flatMap(([rowId], index) => [
      ...fresh[index]!.customers.map((id) => customerName(rowId, id)),
      ...fresh[index]!.merchants.map((id) => merchantName(rowId, id)),
    ]);
    await this.productivity.addCounted(freshNames, this.clock.now(), tx);
    // Two who count a person at once, under two profiles, both change the row: a write conflict.
    const changes = tallies.map(([, { row, transactionCount, redemptionCount, fanChange }], index): RowChange => {
      const { customers, merchants } = fresh[index]!;
      const once = { customerCount: customers.length, activeMerchantCount: merchants.length };
      return { row, counts: { ...once, transactionCount, redemptionCount }, fanChange };
    });
    await this.productivity.add(changes, tx);
  }
}

/** By what those of a tally may have been counted before: a person by each of his profiles. */
const namesOf = (rowId: string, { customerIds, merchantIds }: RowTally, persons: Persons): string[] => [
  ...new Set([...customerIds].flatMap((id) => persons.profilesOf(id).map((profile) => customerName(rowId, profile)))),
  ...[...merchantIds].map((id) => merchantName(rowId, id)),
];
const customerName = (rowId: string, id: string): string => `${rowId}|c|${id}`;
const merchantName = (rowId: string, id: string): string => `${rowId}|m|${id}`;
