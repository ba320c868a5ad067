import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import type { Redemption, Reversal } from '../../domain/redemption';
import { RedemptionRepository } from '../../repositories/redemption.repository';
import type { GetRedemptionInput } from './get-redemption.request';

/** One redemption of a merchant, and how it was taken back, if it was. */
@Injectable()
export class GetRedemptionUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly redemptions: RedemptionRepository,
  ) {}

  /** @throws REDEMPTION_NOT_FOUND, also for another merchant's */
  async execute({
    redemptionId,
    merchantId,
  }: GetRedemptionInput): Promise<{ redemption: Redemption; reversal: Reversal | undefined }> {
    return this.mongo.transaction(async (tx) => {
      const redemption = (await this.redemptions.findMany([redemptionId], tx)).get(redemptionId);
      if (redemption?.merchantId !== merchantId) {
        throw notFound('REDEMPTION_NOT_FOUND', 'There is no such redemption.');
      }
      return { redemption, reversal: await this.redemptions.findReversal(redemptionId, tx) };
    });
  }
}
