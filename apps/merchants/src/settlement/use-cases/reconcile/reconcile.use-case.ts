import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { merchantNotFound } from '../../../domain/merchant';
import { requireMerchantAccess } from '../../../merchant-access';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { merchantLines } from '../../documents/merchant-csv';
import { requireIsoDate } from '../../domain/business-day';
import {
  Comparison,
  requireFewDifferences,
  type Difference,
  type FoundDifference,
  type MerchantLine,
  type Reconciliation,
} from '../../domain/reconciliation';
import { BatchRepository } from '../../repositories/batch.repository';
import { ReconciliationRepository } from '../../repositories/reconciliation.repository';
import { StatementLineRepository } from '../../repositories/statement-line.repository';
import type { ReconcileInput } from './reconcile.request';

const DAYS_MAX = 31;
const DAY_MS = 86_400_000;
const LINES_PER_PAGE = 1_000;
/** Supplementary batches and currencies included, more than a month of one merchant has. */
const BATCHES_MAX = 2_000;

/** Which of our batches are compared. */
type Span = Pick<Reconciliation, 'merchantId' | 'businessDateFrom' | 'businessDateTo'>;

/** Compares a merchant's file with its batches 对账 and puts every difference on the work list, all of them at once. */
@Injectable()
export class ReconcileUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly merchants: MerchantRepository,
    private readonly batches: BatchRepository,
    private readonly lines: StatementLineRepository,
    private readonly reconciliations: ReconciliationRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws MERCHANT_NOT_FOUND, MERCHANT_OUT_OF_SCOPE, ORG_OUT_OF_SCOPE, VALIDATION_FAILED, CSV_INVALID, DIFFERENCES_TOO_MANY,
   * REQUEST_ID_REUSED
   */
  async execute({ requestId, ...input }: ReconcileInput, actor: Actor): Promise<Reconciliation> {
    requireSpan(input);
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
    // Merchants choose their ids.
    const key = { scope: `reconcile|${input.merchantId}`, requestId, input };
    const earlier = await this.mongo.transaction((tx) => this.mongo.requests.find<Reconciliation>(tx, key));
    if (earlier) return earlier.result;
    const file = await merchantLines(input.content);
    const { found, matchedCount } = await this.compare(input, file);
    const { content: _content, ...about } = input;
    return this.mongo.once(key, async (tx) => {
      const completed: Reconciliation = {
        ...about,
        reconciliationId: newId(),
        orgPath: merchant.orgPath,
        state: 'completed',
        fileLineCount: file.length,
        matchedCount,
        differenceCountByKind: countByKind(found),
        openDifferenceCount: found.length,
        createdBy: actor.id,
        createdAt: this.clock.now(),
      };
      await this.reconciliations.save(completed, tx);
      await this.reconciliations.addDifferences(workList(completed, found), tx);
      return completed;
    });
  }

  private async compare(span: Span, file: MerchantLine[]): Promise<{ found: FoundDifference[]; matchedCount: number }> {
    const comparison = new Comparison(file);
    const found: FoundDifference[] = [];
    for await (const page of this.bankLines(span)) {
      found.push(...comparison.take(page));
      requireFewDifferences(found.length);
    }
    found.push(...comparison.finish());
    requireFewDifferences(found.length);
    return { found: await this.withBatchIds(span.merchantId, found), matchedCount: comparison.matchedCount };
  }

  private async *bankLines({ merchantId, businessDateFrom, businessDateTo }: Span) {
    const batchIds = await this.batches.listIdsOfMerchant(merchantId, businessDateFrom, businessDateTo, BATCHES_MAX);
    for (const batchId of batchIds) {
      for (let after: string | undefined = ''; after !== undefined;) {
        const page = await this.lines.listOfBatch(batchId, LINES_PER_PAGE, after);
        yield page.map(({ itemId, amountMinor, currency }) => ({ lineId: itemId, amountMinor, currency, batchId }));
        after = page.length === LINES_PER_PAGE ? page.at(-1)?.itemId : undefined;
      }
    }
  }

  /** What the days do not have may be in a batch of other days. */
  private async withBatchIds(merchantId: string, found: FoundDifference[]): Promise<FoundDifference[]> {
    const missing = found.filter(({ batchId }) => batchId === '').map(({ lineId }) => lineId);
    const batchIds = await this.lines.findBatchIds(merchantId, missing);
    return found.map((difference) => ({
      ...difference,
      batchId: difference.batchId || (batchIds.get(difference.lineId) ?? ''),
    }));
  }
}

/** The differences as they go on the work list, in the order they were found and after those of earlier reconciliations. */
function workList(reconciliation: Reconciliation, found: FoundDifference[]): Difference[] {
  const { reconciliationId, merchantId, orgPath } = reconciliation;
  return found.map((difference, index) => ({
    ...difference,
    differenceId: `${reconciliationId}.${String(index).padStart(6, '0')}`,
    reconciliationId,
    merchantId,
    orgPath,
    state: 'open',
    resolution: '',
    comment: '',
    adjustmentId: '',
    resolvedBy: '',
    resolvedAt: null,
  }));
}

function countByKind(found: FoundDifference[]): Reconciliation['differenceCountByKind'] {
  const counts: Reconciliation['differenceCountByKind'] = {};
  for (const { kind } of found) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function requireSpan({ businessDateFrom, businessDateTo }: Span): void {
  requireIsoDate(businessDateFrom, 'businessDateFrom');
  requireIsoDate(businessDateTo, 'businessDateTo');
  const days = (Date.parse(businessDateTo) - Date.parse(businessDateFrom)) / DAY_MS;
  if (days < 0 || days > DAYS_MAX) {
    throw invalid([{ field: 'businessDateTo', description: `0 to ${DAYS_MAX} days after businessDateFrom` }]);
  }
}
