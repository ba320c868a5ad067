import { Inject, Injectable } from '@nestjs/common';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../../../merchants.config';
import { payoutFile } from '../../documents/payout-file';
import { batchesToPay } from '../../domain/release';
import { BatchRepository } from '../../repositories/batch.repository';
import { PayoutRepository } from '../../repositories/payout.repository';
import { payoutNotFound } from '../../settlement.errors';
import type { GetPayoutFileInput } from './get-payout-file.request';

/** A pay-out's file for the bank's payment system, the same at every call. */
@Injectable()
export class GetPayoutFileUseCase {
  constructor(
    private readonly batches: BatchRepository,
    private readonly payouts: PayoutRepository,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
  ) {}

  /** @throws PAYOUT_NOT_FOUND, PAYOUT_NOT_POSTED, PAYOUT_EMPTY, SETTLEMENT_ACCOUNT_INVALID */
  async execute({ payoutId }: GetPayoutFileInput): Promise<{ fileName: string; content: Buffer }> {
    const payout = await this.payouts.find(payoutId);
    if (!payout) throw payoutNotFound();
    const batches = await this.batches.findMany(payout.batchIds);
    const content = Buffer.from(await payoutFile(payout, batchesToPay(batches), this.config.debtor), 'utf8');
    return { fileName: `pain.001-${payoutId}.xml`, content };
  }
}
