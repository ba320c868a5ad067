import { Injectable } from '@nestjs/common';
import { newId } from '@tidegate/service';
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
  async execute({ requestId, items, isRepeatOnly, ...sale }: HoldBenefitInput): Promise<Redemption[]> {
    const request = { scope: `redeem-by-code|${sale.merchantId}`, requestId, input: { items, ...sale } };
    const scanned = await this.numbers.resolve(items);
    const command = { do: 'redeem' as const, request, saleId: newId(), items: scanned, sale, isRepeatOnly };
    const answer = await this.till.submit(command);
    return answer.redemptions;
  }
}
