import { Injectable } from '@nestjs/common';
import { newId } from '@tidegate/mongo';
import type { Redemption } from '../../domain/redemption';
import { CodeNumbers } from '../../till/code-numbers';
import { TillCommitter } from '../../till/till-committer';
import type { HoldBenefitInput } from '../hold-benefit/hold-benefit.request';

/** Redeems the benefits of one sale in one step 核销, for a hand-held scanner: all of them or none. */
@Injectable()
export class RedeemByCodeUseCase {
  constructor(
    private readonly till: TillCommitter,
    private readonly numbers: CodeNumbers,
  ) {}

  /** @throws as HoldBenefitUseCase */
  async execute({
    requestId,
    items,
    isRepeatOnly,
    outletPath = '',
    ...asked
  }: HoldBenefitInput): Promise<Redemption[]> {
    // Where the store belongs may change between a request and its repeat.
    const request = { scope: `redeem-by-code|${asked.merchantId}`, requestId, input: { items, ...asked } };
    const scanned = await this.numbers.resolve(items);
    const sale = { ...asked, outletPath };
    const command = { do: 'redeem' as const, request, saleId: newId(), items: scanned, sale, isRepeatOnly };
    const answer = await this.till.submit(command);
    return answer.redemptions;
  }
}
