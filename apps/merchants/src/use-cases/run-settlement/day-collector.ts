import { Inject, Injectable } from '@nestjs/common';
import type { Redemption } from '@tidegate/contracts/benefits/v1/benefits';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../benefits-client';
import type { BusinessDay } from '../../domain/business-day';
import { collect, moveBatch, type RedemptionToSettle } from '../../domain/settlement';
import { MerchantRepository } from '../../repositories/merchant.repository';
import { OrgUnitRepository } from '../../repositories/org-unit.repository';
import { SettlementRepository } from '../../repositories/settlement.repository';

const PAGE_SIZE = 1_000;
const SEAL_PAGE_SIZE = 500;
const DEADLINE_MS = 30_000;
/** A batch's redemption ids go to the ledger in one call. */
export const LINES_PER_BATCH_MAX = 5_000;

/**
 * Brings a day's redemptions from the ledger into batches, page by page with one transaction each. A crash between pages
 * loses nothing: what is in a batch is known by its redemption id, and the next run takes only what is left.
 */
@Injectable()
export class DayCollector {
  constructor(
    private readonly mongo: Mongo,
    private readonly settlements: SettlementRepository,
    private readonly merchants: MerchantRepository,
    private readonly units: OrgUnitRepository,
    private readonly clock: Clock,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  /** Collects the whole day, then seals its batches: from then on their lines stand. */
  async collect(day: BusinessDay): Promise<void> {
    let pageToken = '';
    do {
      const page = await this.benefits.listRedemptions(
        { merchantId: '', from: day.from, to: day.to, pageSize: PAGE_SIZE, pageToken },
        { deadlineMs: DEADLINE_MS },
      );
      if (page.redemptions.length > 0) await this.addPage(day.date, page.redemptions.map(toSettle));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    await this.seal(day.date);
  }

  private async addPage(businessDate: string, redemptions: RedemptionToSettle[]): Promise<void> {
    await this.mongo.transaction(async (tx) => {
      await this.settlements.lockDay(businessDate, tx);
      const settled = await this.settlements.findSettled(
        redemptions.map(({ redemptionId }) => redemptionId),
        tx,
      );
      const fresh = redemptions.filter(({ redemptionId }) => !settled.has(redemptionId));
      if (fresh.length === 0) return;
      const merchantIds = [...new Set(fresh.map(({ merchantId }) => merchantId))];
      const { lines, changed } = collect({
        businessDate,
        redemptions: fresh,
        batches: await this.settlements.findBatchesOf(businessDate, merchantIds, tx),
        orgPathOf: await this.merchants.findOrgPaths(merchantIds, tx),
        headOfficePath: (await this.units.findHeadOfficePath(tx)) ?? '',
        now: this.clock.now(),
        linesPerBatchMax: LINES_PER_BATCH_MAX,
      });
      await this.settlements.addLines(lines, tx);
      await this.settlements.saveBatches(changed, tx);
    });
  }

  private async seal(businessDate: string): Promise<void> {
    let after: string | undefined = '';
    while (after !== undefined) {
      const start: string = after;
      after = await this.mongo.transaction(async (tx) => {
        await this.settlements.lockDay(businessDate, tx);
        const batches = await this.settlements.listDay(businessDate, SEAL_PAGE_SIZE, start, tx);
        const open = batches.filter((batch) => batch.stage === 'open');
        await this.settlements.saveBatches(
          open.map((batch) => moveBatch(batch, 'sealed')),
          tx,
        );
        return batches.length === SEAL_PAGE_SIZE ? batches.at(-1)?.batchId : undefined;
      });
    }
  }
}

/** @throws Error when the ledger gives a redemption without a time */
function toSettle(redemption: Redemption): RedemptionToSettle {
  const { redemptionId, merchantId, storeId, clerkId, amountMinor, currency, shares, redeemedAt } = redemption;
  if (!redeemedAt) throw new Error(`redemption ${redemptionId} has no time`);
  return { redemptionId, merchantId, storeId, clerkId, amountMinor, currency, shares, redeemedAt };
}
