import { Injectable } from '@nestjs/common';
import { newId } from '@tidegate/mongo';
import type { Hold } from '../../domain/hold';
import type { Instance } from '../../domain/instance';
import { CodeNumbers } from '../../till/code-numbers';
import { TillCommitter } from '../../till/till-committer';
import type { HoldBenefitInput } from './hold-benefit.request';

/** Reserves the benefits of one sale at a till 预占: all of them or none. */
@Injectable()
export class HoldBenefitUseCase {
  constructor(
    private readonly till: TillCommitter,
    private readonly numbers: CodeNumbers,
  ) {}

  /**
   * @throws CODE_INVALID, CODE_STALE, CODE_USED, ITEM_TWICE, INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED, MERCHANT_NOT_IN_SCOPE,
   * STORE_NOT_IN_SCOPE, OUTLET_NOT_IN_SCOPE, BELOW_THRESHOLD, AMOUNT_NOT_AVAILABLE, SALE_OVERDRAWN, SALE_CURRENCY_MISMATCH, SALE_NOT_FOUND, REQUEST_ID_REUSED
   */
  async execute(input: HoldBenefitInput): Promise<{ hold: Hold; instances: Instance[] }> {
    const { requestId, items, isRepeatOnly, outletPath = '', ...asked } = input;
    // Where the store belongs may change between a request and its repeat.
    const request = { scope: `hold-benefit|${asked.merchantId}`, requestId, input: { items, ...asked } };
    const scanned = await this.numbers.resolve(items);
    const sale = { ...asked, outletPath };
    const answer = await this.till.submit({ do: 'hold', request, saleId: newId(), items: scanned, sale, isRepeatOnly });
    if (!answer.hold) throw new Error('a hold was answered without its hold');
    return { hold: answer.hold, instances: answer.instances };
  }
}
