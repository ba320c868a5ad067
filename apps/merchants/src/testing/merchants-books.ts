import { BudgetsServiceService } from '@tidegate/contracts/merchants/v1/budgets';
import { eventually, type Books } from '@tidegate/testing';
import type { MerchantsHarness } from './merchants.harness';

/** Everything of the service, and of the wallet beside it, that a second effect of a call would change. */
export async function merchantsBooks(harness: MerchantsHarness, merchantId: string): Promise<Books> {
  const { redeemed, reversals, settlements, adjustments, holds } = harness.benefits;
  const list = { merchantId, pageSize: 0, pageToken: '' };
  const { budgets } = await harness.clientOf(BudgetsServiceService).listBudgets(list);
  const [batches, lines, owed, subsidies] = await Promise.all(
    ['settlement_batches', 'statement_lines', 'adjustments', 'subsidies'].map((name) => documents(harness, name)),
  );
  const [payouts, visits] = await Promise.all(['payouts', 'visits'].map((name) => documents(harness, name)));
  return {
    'sales asked of the wallet': new Set(redeemed.map(({ requestId }) => requestId)).size,
    ...countBy('hold', [...holds.byId.values()]),
    'reversals of the wallet': reversals.size,
    ...amounts('settled in the ledger', [...settlements.values()]),
    ...amounts('adjusted in the ledger', [...adjustments.values()]),
    'budgets used': budgets.reduce((total, { usedCount }) => total + usedCount, 0),
    'budgets used, minor': budgets.reduce((total, { usedAmountMinor }) => total + usedAmountMinor, 0),
    ...countBy('batch', batches!),
    'lines in batches': lines!.filter(({ batchId }) => batchId !== '').length,
    'lines that wait': lines!.filter(({ batchId }) => batchId === '').length,
    ...countBy('adjustment', owed!),
    ...amounts('adjustments', owed!),
    ...amounts('payouts', payouts!),
    visits: visits!.length,
    ...amounts('subsidies', subsidies!),
  };
}

/** Every subsidy that was earned is owed: settlement has heard of it. */
export const settleSubsidies = (harness: MerchantsHarness): Promise<void> =>
  eventually(async () => {
    const owed = (await documents(harness, 'adjustments')).filter(({ kind }) => kind === 'subsidy');
    expect(owed).toHaveLength((await documents(harness, 'subsidies')).length);
  });

interface Document {
  state: string;
  kind: string;
  batchId: string;
  amountMinor: number;
}

const documents = async (harness: MerchantsHarness, collection: string): Promise<Document[]> =>
  harness.service.mongo.connection.collection<Document>(collection).find().toArray();

function countBy(what: string, documents: readonly { state: string }[]): Books {
  const counts: Books = {};
  for (const { state } of documents) counts[`${what} ${state}`] = (counts[`${what} ${state}`] ?? 0) + 1;
  return counts;
}

const amounts = (what: string, documents: readonly { amountMinor: number }[]): Books => ({
  [what]: documents.length,
  [`${what}, minor`]: documents.reduce((total, { amountMinor }) => total + amountMinor, 0),
});
