import { refused } from '@tidegate/errors';

export const DIFFERENCE_KINDS = ['missing_at_bank', 'missing_at_merchant', 'amount_differs', 'duplicate'] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

export const RESOLUTIONS = ['bank_right', 'merchant_right', 'both_right'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** A line of the merchant's file. */
export interface MerchantLine {
  /** 1 is the header. */
  line: number;
  lineId: string;
  amountMinor: number;
}

/** One of our lines, as far as it is compared. */
export interface BankLine {
  lineId: string;
  amountMinor: number;
  currency: string;
  batchId: string;
}

/** What both sides say differently. */
export interface FoundDifference {
  kind: DifferenceKind;
  lineId: string;
  fileLines: number[];
  merchantAmountMinor: number | null;
  bankAmountMinor: number | null;
  currency: string;
  batchId: string;
}

const FILE_LINES_NAMED_MAX = 10;

/** Enough for a file with mistakes; one with more is not about these days, and nobody works off such a list. */
export const DIFFERENCES_MAX = 10_000;

/** @throws DIFFERENCES_TOO_MANY (metadata.max) */
export function requireFewDifferences(count: number): void {
  if (count <= DIFFERENCES_MAX) return;
  throw refused(
    'DIFFERENCES_TOO_MANY',
    `The file differs in more than ${DIFFERENCES_MAX} lines: is it of these days?`,
    {
      max: String(DIFFERENCES_MAX),
    },
  );
}

/**
 * Compares a merchant's file with our lines 对账, which may come in pages. A line that the file has several times is a duplicate, and its
 * first occurrence is compared.
 */
export class Comparison {
  matchedCount = 0;
  private readonly unseen = new Map<string, MerchantLine>();
  private readonly repeats = new Map<string, { first: MerchantLine; lines: number[] }>();
  private readonly duplicatesOf = new Map<string, BankLine>();

  constructor(file: MerchantLine[]) {
    for (const line of file) {
      const first = this.unseen.get(line.lineId);
      if (!first) {
        this.unseen.set(line.lineId, line);
        continue;
      }
      const repeated = this.repeats.get(line.lineId) ?? { first, lines: [first.line] };
      if (repeated.lines.length < FILE_LINES_NAMED_MAX) repeated.lines.push(line.line);
      this.repeats.set(line.lineId, repeated);
    }
  }

  /** Takes some of our lines, each once; what differs in them. */
  take(ours: BankLine[]): FoundDifference[] {
    return ours.flatMap((bank): FoundDifference[] => {
      const theirs = this.unseen.get(bank.lineId);
      if (!theirs)
        return [{ ...bankSide(bank), kind: 'missing_at_merchant', fileLines: [], merchantAmountMinor: null }];
      this.unseen.delete(bank.lineId);
      if (this.repeats.has(bank.lineId)) this.duplicatesOf.set(bank.lineId, bank);
      if (theirs.amountMinor === bank.amountMinor) {
        this.matchedCount += 1;
        return [];
      }
      return [{ ...bankSide(bank), kind: 'amount_differs', ...merchantSide(theirs) }];
    });
  }

  /** Duplicates, and what we do not have, after all our lines were taken. */
  finish(): FoundDifference[] {
    const unknown = { bankAmountMinor: null, currency: '', batchId: '' };
    const missing = [...this.unseen.values()].map((line): FoundDifference => ({
      ...unknown,
      kind: 'missing_at_bank',
      lineId: line.lineId,
      ...merchantSide(line),
    }));
    const duplicates = [...this.repeats].map(([lineId, { first, lines }]): FoundDifference => {
      const bank = this.duplicatesOf.get(lineId);
      const side = bank ? bankSide(bank) : { ...unknown, lineId };
      return { ...side, kind: 'duplicate', fileLines: lines, merchantAmountMinor: first.amountMinor };
    });
    return [...missing, ...duplicates];
  }
}

const bankSide = ({ lineId, amountMinor, currency, batchId }: BankLine) => ({
  lineId,
  bankAmountMinor: amountMinor,
  currency,
  batchId,
});
const merchantSide = ({ line, amountMinor }: MerchantLine) => ({ fileLines: [line], merchantAmountMinor: amountMinor });

/** What a difference is once it is on the work list. */
export interface Difference extends FoundDifference {
  differenceId: string;
  reconciliationId: string;
  merchantId: string;
  orgPath: string;
  state: 'open' | 'resolved';
  /** withdrawn: closed with its reconciliation. */
  resolution: Resolution | 'withdrawn' | '';
  comment: string;
  adjustmentId: string;
  resolvedBy: string;
  resolvedAt: Date | null;
}

/** How a person closes a difference. */
export interface ResolutionInput {
  resolution: Resolution;
  comment: string;
  adjustmentId: string;
}

/** @throws DIFFERENCE_RESOLVED: the first answer stands */
export function resolveDifference(
  difference: Difference,
  input: ResolutionInput,
  { resolvedBy, now }: { resolvedBy: string; now: Date },
): Difference {
  if (difference.state === 'resolved') {
    throw refused('DIFFERENCE_RESOLVED', 'The difference was resolved before.', { resolvedBy: difference.resolvedBy });
  }
  const { resolution, comment, adjustmentId } = input;
  return { ...difference, state: 'resolved', resolution, comment, adjustmentId, resolvedBy, resolvedAt: now };
}

/** One comparison of a merchant's file with our batches. */
export interface Reconciliation {
  reconciliationId: string;
  merchantId: string;
  orgPath: string;
  businessDateFrom: string;
  businessDateTo: string;
  fileName: string;
  /** running: one that was begun when differences were stored in parts, and never ended; withdrawn: its file was the wrong one. */
  state: 'running' | 'completed' | 'withdrawn';
  fileLineCount: number;
  matchedCount: number;
  differenceCountByKind: Partial<Record<DifferenceKind, number>>;
  openDifferenceCount: number;
  createdBy: string;
  createdAt: Date;
}

/**
 * The reconciliation without a difference left to be worked off; what was found and resolved stays known.
 * @throws RECONCILIATION_WITHDRAWN
 */
export function withdrawReconciliation(reconciliation: Reconciliation): Reconciliation {
  if (reconciliation.state === 'withdrawn') {
    throw refused('RECONCILIATION_WITHDRAWN', 'The reconciliation was withdrawn before.');
  }
  return { ...reconciliation, state: 'withdrawn', openDifferenceCount: 0 };
}
