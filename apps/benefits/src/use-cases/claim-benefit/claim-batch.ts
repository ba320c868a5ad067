import type { ClaimCommand, Claimed, ClaimState } from '../../domain/claim';
import type { Instance } from '../../domain/instance';
import type { CustomerCount, Stock, StockCount } from '../../domain/stock';
import { customerCountKey } from '../../repositories/stock.repository';

/** What one group commit of claims has read, and how its claims change it so far. */
export interface ClaimBatch {
  stocks: Map<string, Stock>;
  /** Claims that won before, by instance id, and those of this batch. */
  instances: Map<string, Instance>;
  stockCounts: Map<string, StockCount>;
  customerCounts: Map<string, CustomerCount>;
  /** Customer counts that exist in the database. */
  knownKeys: ReadonlySet<string>;
  changedStocks: Set<string>;
  changedKeys: Set<string>;
  soldOut: Stock[];
}

/** What the next claim of the batch sees. */
export function stateOf(batch: ClaimBatch, { stockId, customerId }: ClaimCommand): ClaimState {
  const [stock, stockCount] = [batch.stocks.get(stockId), batch.stockCounts.get(stockId)];
  if (!stock || !stockCount) throw new Error(`stock ${stockId} was not loaded`);
  return {
    stock,
    stockCount,
    customerCount: batch.customerCounts.get(customerCountKey(stockId, customerId)) ?? { count: 0 },
  };
}

/** Takes a claim's result into the batch. */
export function apply(batch: ClaimBatch, { stockId, customerId }: ClaimCommand, claimed: Claimed): void {
  const key = customerCountKey(stockId, customerId);
  batch.instances.set(claimed.instance.instanceId, claimed.instance);
  batch.stockCounts.set(stockId, claimed.stockCount);
  batch.customerCounts.set(key, claimed.customerCount);
  batch.changedStocks.add(stockId);
  batch.changedKeys.add(key);
  const stock = batch.stocks.get(stockId);
  if (stock && claimed.stockCount.claimedCount === stock.totalLimit) batch.soldOut.push(stock);
}

/** The entries of a map whose keys were changed. */
export const pick = <T>(map: Map<string, T>, keys: ReadonlySet<string>): Map<string, T> =>
  new Map([...map].filter(([key]) => keys.has(key)));
