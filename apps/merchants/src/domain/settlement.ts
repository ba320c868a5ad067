import { DomainError } from '@tidegate/errors';

/** Who bears how much of an amount. */
export interface ShareAmount {
  funder: string;
  partyId: string;
  amountMinor: number;
}

/** A redemption as settlement sees it; shares add up to the amount. */
export interface RedemptionToSettle {
  redemptionId: string;
  merchantId: string;
  storeId: string;
  clerkId: string;
  amountMinor: number;
  currency: string;
  shares: ShareAmount[];
  redeemedAt: Date;
}

/**
 * open takes lines, sealed is complete and waits for the ledger, posted is in the ledger. Outside, open and sealed are "building".
 */
export type BatchStage = 'open' | 'sealed' | 'posted';

const MOVES: Record<BatchStage, BatchStage[]> = { open: ['sealed'], sealed: ['posted'], posted: [] };

/** One merchant's settlement of one day in one currency. Late redemptions make a batch of the next sequence. */
export interface SettlementBatch {
  batchId: string;
  merchantId: string;
  /** The merchant's organisation when the batch was opened; the head office when the merchant is unknown here. */
  orgPath: string;
  businessDate: string;
  currency: string;
  /** From 1, per merchant, day and currency. */
  sequence: number;
  redemptionCount: number;
  amountMinor: number;
  shares: ShareAmount[];
  stage: BatchStage;
  createdAt: Date;
  transactionId: string;
}

/** One redemption in its batch: a redemption is in exactly one, ever. */
export interface StatementLine extends RedemptionToSettle {
  batchId: string;
}

export interface CollectInput {
  businessDate: string;
  /** Redemptions that are in no batch yet. */
  redemptions: RedemptionToSettle[];
  /** The batches there are for these merchants and this day, any stage. */
  batches: SettlementBatch[];
  orgPathOf: ReadonlyMap<string, string>;
  headOfficePath: string;
  now: Date;
  linesPerBatchMax: number;
}

/**
 * Puts redemptions into open batches, opening and sealing batches as needed; returns the new lines and the batches that changed.
 * @throws REDEMPTION_UNBALANCED when a redemption's shares do not add up: nothing may be settled from a broken source
 */
export function collect(input: CollectInput): { lines: StatementLine[]; changed: SettlementBatch[] } {
  const latest = latestByKey(input.batches);
  const changed = new Map<string, SettlementBatch>();
  const lines = input.redemptions.map((redemption) => {
    requireBalanced(redemption);
    const key = keyOf(redemption);
    const current = latest.get(key);
    const batch = current?.stage === 'open' ? current : openBatch(redemption, current?.sequence ?? 0, input);
    const grown = addLine(batch, redemption, input.linesPerBatchMax);
    latest.set(key, grown);
    changed.set(grown.batchId, grown);
    return { ...redemption, batchId: grown.batchId };
  });
  return { lines, changed: [...changed.values()] };
}

/** @throws BATCH_MOVE_NOT_ALLOWED */
export function moveBatch(batch: SettlementBatch, stage: BatchStage, transactionId = ''): SettlementBatch {
  if (!MOVES[batch.stage].includes(stage)) {
    throw broken('BATCH_MOVE_NOT_ALLOWED', `A batch does not move from ${batch.stage} to ${stage}.`);
  }
  return { ...batch, stage, transactionId };
}

/** Adds amounts of the same funder and party; sorted, so that the same shares always look the same. */
export function sumShares(...lists: ShareAmount[][]): ShareAmount[] {
  const sums = new Map<string, ShareAmount>();
  for (const share of lists.flat()) {
    const key = `${share.funder}\n${share.partyId}`;
    sums.set(key, { ...share, amountMinor: safeSum(sums.get(key)?.amountMinor ?? 0, share.amountMinor) });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, share]) => share);
}

const keyOf = (item: { merchantId: string; currency: string }) => `${item.merchantId}\n${item.currency}`;

function latestByKey(batches: SettlementBatch[]): Map<string, SettlementBatch> {
  const ascending = [...batches].sort((a, b) => a.sequence - b.sequence);
  return new Map(ascending.map((batch) => [keyOf(batch), batch]));
}

function openBatch(redemption: RedemptionToSettle, lastSequence: number, input: CollectInput): SettlementBatch {
  const { merchantId, currency } = redemption;
  const sequence = lastSequence + 1;
  return {
    batchId: `${input.businessDate}.${merchantId}.${currency}.${sequence}`,
    merchantId,
    orgPath: input.orgPathOf.get(merchantId) ?? input.headOfficePath,
    businessDate: input.businessDate,
    currency,
    sequence,
    redemptionCount: 0,
    amountMinor: 0,
    shares: [],
    stage: 'open',
    createdAt: input.now,
    transactionId: '',
  };
}

function addLine(batch: SettlementBatch, redemption: RedemptionToSettle, linesMax: number): SettlementBatch {
  const redemptionCount = batch.redemptionCount + 1;
  return {
    ...batch,
    redemptionCount,
    amountMinor: safeSum(batch.amountMinor, redemption.amountMinor),
    shares: sumShares(batch.shares, redemption.shares),
    // A full batch takes no more: the ledger is given all its redemption ids in one call.
    stage: redemptionCount >= linesMax ? 'sealed' : 'open',
  };
}

function requireBalanced(redemption: RedemptionToSettle): void {
  const shared = redemption.shares.reduce((sum, share) => safeSum(sum, share.amountMinor), 0);
  if (shared !== redemption.amountMinor) {
    throw broken('REDEMPTION_UNBALANCED', `The shares of redemption ${redemption.redemptionId} do not add up.`);
  }
}

function safeSum(a: number, b: number): number {
  const sum = a + b;
  if (!Number.isSafeInteger(sum)) throw broken('AMOUNT_OUT_OF_RANGE', 'An amount is beyond what is counted exactly.');
  return sum;
}

const broken = (reason: string, message: string) => new DomainError({ code: 'FAILED_PRECONDITION', reason, message });
