import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Redemption } from '../../domain/redemption';
import { Till } from '../../repositories/till';
import type { HoldBenefitInput } from '../hold-benefit/hold-benefit.request';

/** Redeems in one step 核销, for a hand-held scanner: hold and commit in one transaction. */
@Injectable()
export class RedeemByCodeUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly till: Till,
  ) {}

  /** @throws as HoldBenefitUseCase */
  async execute({ requestId, code, ...sale }: HoldBenefitInput): Promise<Redemption> {
    const input = { code, ...sale };
    return this.mongo.once({ scope: `redeem-by-code|${sale.merchantId}`, requestId, input }, async (tx) => {
      const { hold, instance } = await this.till.hold(code, sale, tx);
      return this.till.redeem(hold, instance, tx);
    });
  }
}
