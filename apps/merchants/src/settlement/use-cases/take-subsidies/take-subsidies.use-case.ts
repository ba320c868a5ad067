import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { merchantNotFound } from '../../../domain/merchant';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { subsidyAdjustment, type EarnedSubsidy } from '../../domain/adjustment';
import { AdjustmentRepository } from '../../repositories/adjustment.repository';

/**
 * Owes merchants the subsidies 反馈补贴 they earned, and takes off those they pay the bank: each is an adjustment of its own, borne by the bank, posted to the ledger by the
 * schedule or before the next batches are cut, and paid with them. One that is known already stays as it is.
 */
@Injectable()
export class TakeSubsidiesUseCase {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly adjustments: AdjustmentRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws MERCHANT_NOT_FOUND: such an event goes to the dead letters */
  async execute(subsidies: EarnedSubsidy[], tx: Transaction): Promise<void> {
    // What was cut to nothing by a limit is not owed.
    const owed = subsidies.filter(({ amountMinor }) => amountMinor !== 0);
    const merchantIds = [...new Set(owed.map(({ merchantId }) => merchantId))];
    const merchants = await this.merchants.findMerchants(merchantIds, tx);
    const now = this.clock.now();
    const adjustments = owed.map((subsidy) => {
      const merchant = merchants.get(subsidy.merchantId);
      if (!merchant) throw merchantNotFound();
      return subsidyAdjustment(subsidy, merchant.orgPath, now);
    });
    await this.adjustments.addMissing(adjustments, tx);
  }
}
