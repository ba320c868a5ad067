import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Hold } from '../../domain/hold';
import type { Instance } from '../../domain/instance';
import { Till } from '../../repositories/till';
import type { HoldBenefitInput } from './hold-benefit.request';

/** Reserves a benefit at a till 预占. */
@Injectable()
export class HoldBenefitUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly till: Till,
  ) {}

  /** @throws CODE_INVALID, CODE_STALE, CODE_USED, INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED, MERCHANT_NOT_IN_SCOPE, BELOW_THRESHOLD */
  async execute({ requestId, code, ...sale }: HoldBenefitInput): Promise<{ hold: Hold; instance: Instance }> {
    const input = { code, ...sale };
    return this.mongo.once({ scope: `hold-benefit|${sale.merchantId}`, requestId, input }, (tx) =>
      this.till.hold(code, sale, tx),
    );
  }
}
