import { Injectable } from '@nestjs/common';
import { newId } from '@tidegate/mongo';
import type { Reversal } from '../../domain/redemption';
import { TillCommitter } from '../../till/till-committer';
import type { ReverseRedemptionInput } from './reverse-redemption.request';

/** Takes a redemption back 冲正, within a day: the customer has the benefit again and the merchant is owed so much less. */
@Injectable()
export class ReverseRedemptionUseCase {
  constructor(private readonly till: TillCommitter) {}

  /** @throws SALE_NOT_FOUND, REDEMPTION_NOT_FOUND, REDEMPTION_REVERSED, REVERSAL_WINDOW_OVER, REQUEST_ID_REUSED */
  async execute({ requestId, isRepeatOnly, ...input }: ReverseRedemptionInput): Promise<Reversal> {
    const request = { scope: `reverse-redemption|${input.merchantId}`, requestId, input };
    const { reversal } = await this.till.submit({
      do: 'reverse',
      request,
      reversalId: newId(),
      isRepeatOnly,
      ...input,
    });
    if (!reversal) throw new Error('a reversal was answered without its reversal');
    return reversal;
  }
}
