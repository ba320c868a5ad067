import type { Persons } from '@tidegate/persons';
import { orgKindOf } from '../../domain/org-unit';

/** What a league table may be of. */
export const ROW_KINDS = ['head_office', 'branch', 'sub_branch', 'outlet', 'circle'] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** By what it may be ordered. */
export const MEASURES = ['customers', 'active_merchants', 'transactions', 'fans', 'redemptions'] as const;
export type Measure = (typeof MEASURES)[number];

/** A circle of merchants 商圈: stores that are counted together. */
export interface Circle {
  circleId: string;
  name: string;
  orgPath: string;
}

/** One thing that happened at an outlet or a store. */
export interface PlacedFact {
  kind: 'transaction' | 'redemption' | 'reversal' | 'fan_won' | 'fan_lost';
  customerId: string;
  /** Empty when no merchant had a part in it. */
  merchantId: string;
  /** The outlet, or the organisation of the merchant. */
  orgPath: string;
  /** The circle of the store, when it is in one. */
  circle: Circle | null;
  /** ISO month of the bank's calendar. */
  month: string;
}

/** What is counted within the month of a row. */
export interface MonthCounts {
  customerCount: number;
  activeMerchantCount: number;
  transactionCount: number;
  /** Without those that were reversed. */
  redemptionCount: number;
}

/** The counts of one row. */
export interface ProductivityCounts extends MonthCounts {
  /** Who follows at the end of the month. */
  fanCount: number;
}

/** One row of a league table. */
export interface ProductivityRow extends ProductivityCounts {
  month: string;
  kind: RowKind;
  /** An organisation path or a circle. */
  key: string;
  /** Who may see it follows from this path. */
  orgPath: string;
}

/** Which row, and whose. */
export type RowRef = Pick<ProductivityRow, 'month' | 'kind' | 'key' | 'orgPath'>;

/** Whose row it is: a unit of the organisation, or a circle. */
export type RankedUnit = Omit<RowRef, 'month'>;

/** What facts add to one row: counts, and who is counted once. */
export interface RowTally {
  row: RowRef;
  transactionCount: number;
  /** Won less lost; null when nobody was either. */
  fanChange: number | null;
  redemptionCount: number;
  customerIds: Set<string>;
  merchantIds: Set<string>;
}

export const rowIdOf = ({ month, kind, key }: Pick<ProductivityRow, 'month' | 'kind' | 'key'>): string =>
  [month, kind, key].join('|');

/** What facts add to the rows of their organisation, of all units above it, and of their circle; by row. */
export function tally(facts: readonly PlacedFact[]): Map<string, RowTally> {
  const tallies = new Map<string, RowTally>();
  for (const fact of facts) {
    for (const row of rowsOf(fact)) {
      const rowId = rowIdOf(row);
      const entry = tallies.get(rowId) ?? emptyTally(row);
      tallies.set(rowId, entry);
      if (fact.kind === 'transaction') entry.transactionCount += 1;
      if (fact.kind === 'redemption') entry.redemptionCount += 1;
      if (fact.kind === 'reversal') entry.redemptionCount -= 1;
      if (fact.kind === 'fan_won') entry.fanChange = (entry.fanChange ?? 0) + 1;
      if (fact.kind === 'fan_lost') entry.fanChange = (entry.fanChange ?? 0) - 1;
      if (fact.kind !== 'fan_lost' && fact.kind !== 'reversal') entry.customerIds.add(fact.customerId);
      const isTrade = fact.kind === 'transaction' || fact.kind === 'redemption';
      if (isTrade && fact.merchantId !== '') entry.merchantIds.add(fact.merchantId);
    }
  }
  return tallies;
}

/** Of customers those who are new to a row, in their order: one of each person, and none of whom a profile was counted there. */
export function newPersons(
  customerIds: readonly string[],
  isCounted: (customerId: string) => boolean,
  persons: Persons,
): string[] {
  const taken = new Set<string>();
  return customerIds.filter((customerId) => {
    const profiles = persons.profilesOf(customerId);
    const isNew = profiles.every((profile) => !taken.has(profile) && !isCounted(profile));
    if (isNew) taken.add(customerId);
    return isNew;
  });
}

function rowsOf({ orgPath, circle, month }: PlacedFact): RowRef[] {
  const parts = orgPath.split('/');
  const units = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  const rows: RowRef[] = units.map((unit) => ({ month, kind: orgKindOf(unit), key: unit, orgPath: unit }));
  if (circle) rows.push({ month, kind: 'circle', key: circle.circleId, orgPath: circle.orgPath });
  return rows;
}

const emptyTally = (row: RowRef): RowTally => ({
  row,
  transactionCount: 0,
  fanChange: null,
  redemptionCount: 0,
  customerIds: new Set(),
  merchantIds: new Set(),
});

/** The field of a row that a table is ordered by. */
export const FIELD_OF: Record<Measure, keyof ProductivityCounts> = {
  customers: 'customerCount',
  active_merchants: 'activeMerchantCount',
  transactions: 'transactionCount',
  fans: 'fanCount',
  redemptions: 'redemptionCount',
};
