import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import type { Hold } from '../../domain/hold';
import type { Redemption } from '../../domain/redemption';
import { HoldRepository } from '../../repositories/hold.repository';
import { RedemptionRepository } from '../../repositories/redemption.repository';
import type { GetHoldInput } from './get-hold.request';

/** One hold 预占 of a merchant as it stands, and what it was committed as. */
@Injectable()
export class GetHoldUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly holds: HoldRepository,
    private readonly redemptions: RedemptionRepository,
  ) {}

  /** @throws HOLD_NOT_FOUND, also for another merchant's */
  async execute({ holdId, merchantId }: GetHoldInput): Promise<{ hold: Hold; redemptions: Redemption[] }> {
    return this.mongo.transaction(async (tx) => {
      const hold = (await this.holds.findMany([holdId], tx)).get(holdId);
      if (hold?.merchantId !== merchantId) throw notFound('HOLD_NOT_FOUND', 'There is no such hold.');
      const { redemptionIds = [] } = hold;
      const found = redemptionIds.length > 0 ? await this.redemptions.findMany(redemptionIds, tx) : new Map();
      return { hold, redemptions: redemptionIds.flatMap((id): Redemption[] => found.get(id) ?? []) };
    });
  }
}
