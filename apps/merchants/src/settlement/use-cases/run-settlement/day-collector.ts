import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../../benefits-client';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { OrgUnitRepository } from '../../../repositories/org-unit.repository';
import { collect } from '../../domain/batch';
import type { BusinessDay } from '../../domain/business-day';
import { findingOf, type SettlementFinding } from '../../domain/finding';
import { isBalanced, type SettlementItem, type StatementLine } from '../../domain/settlement-item';
import { BatchRepository } from '../../repositories/batch.repository';
import { FindingRepository } from '../../repositories/finding.repository';
import { StatementLineRepository } from '../../repositories/statement-line.repository';
import { redemptionItem, redemptionPages } from './redemption-windows';

/** Every batch that grows is written once per transaction, so that few large ones are faster than many small ones. */
const ITEMS_PER_TRANSACTION = 3_000;
const WAITING_PAGE_SIZE = 1_000;
const FINDINGS_PAGE_SIZE = 200;
/** A batch's items go to the ledger in one call. */
export const LINES_PER_BATCH_MAX = 5_000;

const log = logger('settlement');

/**
 * Brings a day's redemptions from the ledger, and what waits from before, into batches, some thousands per transaction: memory does
 * not grow with the day. A crash loses nothing: what is in a batch is known by its id, and the next run takes only what is left. A
 * redemption whose shares do not add up is a finding, and is looked at again by each run.
 */
@Injectable()
export class DayCollector {
  constructor(
    private readonly mongo: Mongo,
    private readonly batches: BatchRepository,
    private readonly lines: StatementLineRepository,
    private readonly findings: FindingRepository,
    private readonly merchants: MerchantRepository,
    private readonly units: OrgUnitRepository,
    private readonly clock: Clock,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  async collect(day: BusinessDay): Promise<void> {
    await this.takeCorrected(day);
    let gathered: SettlementItem[] = [];
    for await (const page of redemptionPages(this.benefits, day)) {
      gathered.push(...page);
      if (gathered.length < ITEMS_PER_TRANSACTION) continue;
      await this.addRedemptions(day, gathered);
      gathered = [];
    }
    if (gathered.length > 0) await this.addRedemptions(day, gathered);
    await this.takeWaiting(day);
  }

  private async addRedemptions(day: BusinessDay, items: SettlementItem[]): Promise<void> {
    const broken = await this.mongo.transaction(async (tx) => {
      await this.batches.lockDay(day.date, tx);
      const known = await this.lines.findKnown(
        items.map(({ itemId }) => itemId),
        tx,
      );
      const fresh = items.filter(({ itemId }) => !known.has(itemId));
      const left = fresh.filter((item) => !isBalanced(item));
      await this.lines.add(await this.intoBatches(day, fresh.filter(isBalanced), tx), tx);
      if (left.length > 0) await this.findings.addMissing(await this.findingsOf(day, left, tx), tx);
      return left;
    });
    for (const { redemptionId, merchantId } of broken) {
      log.error({ redemptionId, merchantId, businessDate: day.date }, 'the shares of a redemption do not add up');
    }
  }

  private async findingsOf(day: BusinessDay, items: SettlementItem[], tx: Transaction): Promise<SettlementFinding[]> {
    const orgPaths = await this.merchants.findOrgPaths([...new Set(items.map(({ merchantId }) => merchantId))], tx);
    const headOfficePath = (await this.units.findHeadOfficePath(tx)) ?? '';
    const found = { businessDate: day.date, now: this.clock.now() };
    return items.map((item) => findingOf(item, { ...found, orgPath: orgPaths.get(item.merchantId) ?? headOfficePath }));
  }

  /** Redemptions of before the day's end that were found broken and are whole by now. */
  private async takeCorrected(day: BusinessDay): Promise<void> {
    let after: string | undefined = '';
    while (after !== undefined) {
      const open = await this.findings.listOpen(FINDINGS_PAGE_SIZE, after);
      for (const { redemptionId, merchantId, redeemedAt } of open) {
        const item = redeemedAt < day.to ? await this.findRedemption(redemptionId, merchantId) : undefined;
        if (item && isBalanced(item)) await this.settleFinding(day, item);
      }
      after = open.length === FINDINGS_PAGE_SIZE ? open.at(-1)?.redemptionId : undefined;
    }
  }

  private async findRedemption(redemptionId: string, merchantId: string): Promise<SettlementItem | undefined> {
    try {
      const { redemption } = await this.benefits.getRedemption({ redemptionId, merchantId });
      return redemption && redemptionItem(redemption);
    } catch (error) {
      if (error instanceof DomainError && error.reason === 'REDEMPTION_NOT_FOUND') return undefined;
      throw error;
    }
  }

  private async settleFinding(day: BusinessDay, item: SettlementItem): Promise<void> {
    await this.mongo.transaction(async (tx) => {
      await this.batches.lockDay(day.date, tx);
      const isKnown = (await this.lines.findKnown([item.itemId], tx)).size > 0;
      if (!isKnown) await this.lines.add(await this.intoBatches(day, [item], tx), tx);
      await this.findings.settle(item.redemptionId, this.clock.now(), tx);
    });
  }

  /** Reversals, adjustments, returned payments and the lines of rejected batches, of before the day's end. */
  private async takeWaiting(day: BusinessDay): Promise<void> {
    let after: string | undefined = '';
    while (after !== undefined) {
      const start: string = after;
      after = await this.mongo.transaction(async (tx) => {
        await this.batches.lockDay(day.date, tx);
        const waiting = await this.lines.listWaiting(WAITING_PAGE_SIZE, start, tx);
        const due = waiting.filter(({ occurredAt }) => occurredAt < day.to);
        await this.lines.assign(await this.intoBatches(day, due, tx), tx);
        return waiting.length === WAITING_PAGE_SIZE ? waiting.at(-1)?.itemId : undefined;
      });
    }
  }

  private async intoBatches(day: BusinessDay, items: SettlementItem[], tx: Transaction): Promise<StatementLine[]> {
    if (items.length === 0) return [];
    const merchantIds = [...new Set(items.map(({ merchantId }) => merchantId))];
    const { lines, changed } = collect({
      businessDate: day.date,
      items,
      batches: await this.batches.findOfDay(day.date, merchantIds, tx),
      orgPathOf: await this.merchants.findOrgPaths(merchantIds, tx),
      headOfficePath: (await this.units.findHeadOfficePath(tx)) ?? '',
      now: this.clock.now(),
      linesPerBatchMax: LINES_PER_BATCH_MAX,
    });
    await this.batches.saveMany(changed, tx);
    return lines;
  }
}
