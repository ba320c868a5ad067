import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { Mongo, newId, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { merchantNotFound } from '../../../domain/merchant';
import { requireMerchantAccess } from '../../../merchant-access';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { merchantLines } from '../../documents/merchant-csv';
import { requireIsoDate } from '../../domain/business-day';
import { Comparison, type FoundDifference, type MerchantLine, type Reconciliation } from '../../domain/reconciliation';
import { BatchRepository } from '../../repositories/batch.repository';
import { ReconciliationRepository } from '../../repositories/reconciliation.repository';
import { StatementLineRepository } from '../../repositories/statement-line.repository';
import type { ReconcileInput } from './reconcile.request';

const DAYS_MAX = 31;
const DAY_MS = 86_400_000;
const LINES_PER_PAGE = 1_000;
/** Supplementary batches and currencies included, more than a month of one merchant has. */
const BATCHES_MAX = 2_000;
const DIFFERENCES_PER_WRITE = 1_000;

/** Compares a merchant's file with its batches 对账 and puts every difference on the work list. */
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
   * @throws MERCHANT_NOT_FOUND, MERCHANT_OUT_OF_SCOPE, ORG_OUT_OF_SCOPE, VALIDATION_FAILED, CSV_INVALID, REQUEST_ID_REUSED
   */
  async execute({ requestId, ...input }: ReconcileInput, actor: Actor): Promise<Reconciliation> {
    requireSpan(input);
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
    const file = await merchantLines(input.content);
    const { content: _content, ...about } = input;
    const reconciliationId = await this.mongo.once({ scope: 'reconcile', requestId, input }, async (tx) => {
      const started: Reconciliation = {
        ...about,
        reconciliationId: newId(),
        orgPath: merchant.orgPath,
        state: 'running',
        fileLineCount: file.length,
        matchedCount: 0,
        differenceCountByKind: {},
        openDifferenceCount: 0,
        createdBy: actor.id,
        createdAt: this.clock.now(),
      };
      await this.reconciliations.save(started, tx);
      return started.reconciliationId;
    });
    const started = await this.reconciliations.find(reconciliationId);
    if (!started) throw new Error(`reconciliation ${reconciliationId} is gone`);
    return started.state === 'completed' ? started : this.compare(started, file);
  }

  /** Finishes what was begun; what an earlier try left is taken away first. */
  private async compare(started: Reconciliation, file: MerchantLine[]): Promise<Reconciliation> {
    await this.reconciliations.removeDifferences(started.reconciliationId);
    const comparison = new Comparison(file);
    const found: FoundDifference[] = [];
    for await (const page of this.bankLines(started)) found.push(...comparison.take(page));
    found.push(...(await this.withBatchIds(started.merchantId, comparison.finish())));
    for (let start = 0; start < found.length; start += DIFFERENCES_PER_WRITE) {
      const part = found.slice(start, start + DIFFERENCES_PER_WRITE);
      await this.mongo.transaction((tx) => this.addDifferences(started, part, start, tx));
    }
    const completed: Reconciliation = {
      ...started,
      state: 'completed',
      matchedCount: comparison.matchedCount,
      differenceCountByKind: countByKind(found),
      openDifferenceCount: found.length,
    };
    await this.mongo.transaction((tx) => this.reconciliations.save(completed, tx));
    return completed;
  }

  private async *bankLines({ merchantId, businessDateFrom, businessDateTo }: Reconciliation) {
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

  private async addDifferences(
    { reconciliationId, merchantId, orgPath }: Reconciliation,
    part: FoundDifference[],
    offset: number,
    tx: Transaction,
  ): Promise<void> {
    const differences = part.map((difference, index) => ({
      ...difference,
      // In the order they were found, and after those of earlier reconciliations.
      differenceId: `${reconciliationId}.${String(offset + index).padStart(6, '0')}`,
      reconciliationId,
      merchantId,
      orgPath,
      state: 'open' as const,
      resolution: '' as const,
      comment: '',
      adjustmentId: '',
      resolvedBy: '',
      resolvedAt: null,
    }));
    await this.reconciliations.addDifferences(differences, tx);
  }
}

function countByKind(found: FoundDifference[]): Reconciliation['differenceCountByKind'] {
  const counts: Reconciliation['differenceCountByKind'] = {};
  for (const { kind } of found) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function requireSpan({ businessDateFrom, businessDateTo }: Omit<ReconcileInput, 'requestId'>): void {
  requireIsoDate(businessDateFrom, 'businessDateFrom');
  requireIsoDate(businessDateTo, 'businessDateTo');
  const days = (Date.parse(businessDateTo) - Date.parse(businessDateFrom)) / DAY_MS;
  if (days < 0 || days > DAYS_MAX) {
    throw invalid([{ field: 'businessDateTo', description: `0 to ${DAYS_MAX} days after businessDateFrom` }]);
  }
}
