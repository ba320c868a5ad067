import { Inject, Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../../benefits-client';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { OrgUnitRepository } from '../../../repositories/org-unit.repository';
import { collect } from '../../domain/batch';
import type { BusinessDay } from '../../domain/business-day';
import type { SettlementItem, StatementLine } from '../../domain/settlement-item';
import { BatchRepository } from '../../repositories/batch.repository';
import { StatementLineRepository } from '../../repositories/statement-line.repository';
import { redemptionPages } from './redemption-windows';

/** Every batch that grows is written once per transaction, so that few large ones are faster than many small ones. */
const ITEMS_PER_TRANSACTION = 3_000;
const WAITING_PAGE_SIZE = 1_000;
/** A batch's items go to the ledger in one call. */
export const LINES_PER_BATCH_MAX = 5_000;

/**
 * Brings a day's redemptions from the ledger, and what waits from before, into batches, some thousands per transaction: memory does
 * not grow with the day. A crash loses nothing: what is in a batch is known by its id, and the next run takes only what is left.
 */
@Injectable()
export class DayCollector {
  constructor(
    private readonly mongo: Mongo,
    private readonly batches: BatchRepository,
    private readonly lines: StatementLineRepository,
    private readonly merchants: MerchantRepository,
    private readonly units: OrgUnitRepository,
    private readonly clock: Clock,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  async collect(day: BusinessDay): Promise<void> {
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
    await this.mongo.transaction(async (tx) => {
      await this.batches.lockDay(day.date, tx);
      const known = await this.lines.findKnown(
        items.map(({ itemId }) => itemId),
        tx,
      );
      const fresh = items.filter(({ itemId }) => !known.has(itemId));
      await this.lines.add(await this.intoBatches(day, fresh, tx), tx);
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
