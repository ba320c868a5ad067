import { refused } from '@tidegate/errors';
import { requireBalanced, type SettlementItem, type StatementLine } from './settlement-item';
import { safeSum, sumShares, type ShareAmount } from './share-amount';

/**
 * open takes lines; prepared is complete and waits for a checker; released is ordered to be paid, and is posted when it has a ledger
 * transaction; paid and rejected are the end, but for a payment that comes back after it was recorded as paid.
 */
export const BATCH_STATES = ['open', 'prepared', 'released', 'paid', 'rejected'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

const MOVES: Record<BatchState, BatchState[]> = {
  open: ['prepared'],
  prepared: ['released', 'rejected'],
  released: ['paid', 'rejected'],
  paid: ['rejected'],
  rejected: [],
};

/** Who is paid, as known at the release. */
export interface Payee {
  name: string;
  account: string;
}

/** One merchant's settlement of one business day in one currency. Late items make a batch of the next sequence. */
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
  /** Lines that are no redemptions. */
  correctionCount: number;
  amountMinor: number;
  shares: ShareAmount[];
  state: BatchState;
  /** Who prepared it and who made the adjustments in it. */
  makerIds: string[];
  createdAt: Date;
  releasedBy: string;
  releasedAt: Date | null;
  payoutId: string;
  payee: Payee | null;
  /** Empty until the ledger has it. */
  transactionId: string;
  rejectReason: string;
  /** When it was paid or rejected. */
  closedAt: Date | null;
}

export interface CollectInput {
  businessDate: string;
  /** Items that are in no batch. */
  items: SettlementItem[];
  /** The batches there are for these merchants and this day, in any state. */
  batches: SettlementBatch[];
  orgPathOf: ReadonlyMap<string, string>;
  headOfficePath: string;
  now: Date;
  linesPerBatchMax: number;
}

/**
 * Puts items into open batches, opening them as needed; returns the new lines and the batches that changed.
 * @throws REDEMPTION_UNBALANCED, AMOUNT_OUT_OF_RANGE
 */
export function collect(input: CollectInput): { lines: StatementLine[]; changed: SettlementBatch[] } {
  const latest = latestByKey(input.batches);
  const changed = new Map<string, SettlementBatch>();
  const lines = input.items.map((item) => {
    requireBalanced(item);
    const key = keyOf(item);
    const current = latest.get(key);
    const hasRoom = current?.state === 'open' && lineCount(current) < input.linesPerBatchMax;
    const grown = addLine(hasRoom ? current : openBatch(item, current?.sequence ?? 0, input), item);
    latest.set(key, grown);
    changed.set(grown.batchId, grown);
    return { ...item, batchId: grown.batchId };
  });
  return { lines, changed: [...changed.values()] };
}

/** @throws BATCH_MOVE_NOT_ALLOWED */
export function moveBatch(
  batch: SettlementBatch,
  state: BatchState,
  fields: Partial<SettlementBatch> = {},
): SettlementBatch {
  if (!MOVES[batch.state].includes(state)) {
    throw refused('BATCH_MOVE_NOT_ALLOWED', `A batch does not move from ${batch.state} to ${state}.`, {
      batchId: batch.batchId,
      state: batch.state,
    });
  }
  return { ...batch, ...fields, state };
}

/** Only what is owed can be paid: the lines of a batch that comes to nothing, or less, wait for the next one. */
export const isPayable = ({ amountMinor }: SettlementBatch): boolean => amountMinor > 0;

export const lineCount = (batch: SettlementBatch): number => batch.redemptionCount + batch.correctionCount;

const keyOf = (item: { merchantId: string; currency: string }) => `${item.merchantId}\n${item.currency}`;

function latestByKey(batches: SettlementBatch[]): Map<string, SettlementBatch> {
  const ascending = [...batches].sort((a, b) => a.sequence - b.sequence);
  return new Map(ascending.map((batch) => [keyOf(batch), batch]));
}

function openBatch(item: SettlementItem, lastSequence: number, input: CollectInput): SettlementBatch {
  const { merchantId, currency } = item;
  const sequence = lastSequence + 1;
  return {
    batchId: `${input.businessDate}.${merchantId}.${currency}.${sequence}`,
    merchantId,
    orgPath: input.orgPathOf.get(merchantId) ?? input.headOfficePath,
    businessDate: input.businessDate,
    currency,
    sequence,
    redemptionCount: 0,
    correctionCount: 0,
    amountMinor: 0,
    shares: [],
    state: 'open',
    makerIds: [],
    createdAt: input.now,
    releasedBy: '',
    releasedAt: null,
    payoutId: '',
    payee: null,
    transactionId: '',
    rejectReason: '',
    closedAt: null,
  };
}

function addLine(batch: SettlementBatch, item: SettlementItem): SettlementBatch {
  const isRedemption = item.kind === 'redemption';
  return {
    ...batch,
    redemptionCount: batch.redemptionCount + (isRedemption ? 1 : 0),
    correctionCount: batch.correctionCount + (isRedemption ? 0 : 1),
    amountMinor: safeSum(batch.amountMinor, item.amountMinor),
    shares: sumShares(batch.shares, item.shares),
    makerIds: withMaker(batch.makerIds, item.makerId),
  };
}

export const withMaker = (makerIds: string[], makerId: string): string[] =>
  makerId === '' || makerIds.includes(makerId) ? makerIds : [...makerIds, makerId];
