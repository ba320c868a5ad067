import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import type { Hold } from '../../domain/hold';
import { HoldRepository } from '../../repositories/hold.repository';
import type { GetHoldInput } from './get-hold.request';

/** One hold 预占 of a merchant as it stands. */
@Injectable()
export class GetHoldUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly holds: HoldRepository,
  ) {}

  /** @throws HOLD_NOT_FOUND, also for another merchant's */
  async execute({ holdId, merchantId }: GetHoldInput): Promise<Hold> {
    return this.mongo.transaction(async (tx) => {
      const hold = (await this.holds.findMany([holdId], tx)).get(holdId);
      if (hold?.merchantId !== merchantId) throw notFound('HOLD_NOT_FOUND', 'There is no such hold.');
      return hold;
    });
  }
}
