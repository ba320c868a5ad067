import { Injectable } from '@nestjs/common';
import type { Instance } from '../../domain/instance';
import { GiftCommitter } from '../../gifts/gift-committer';
import type { CancelGiftInput } from './cancel-gift.request';

/** Takes an offered gift back into the wallet. */
@Injectable()
export class CancelGiftUseCase {
  constructor(private readonly gifts: GiftCommitter) {}

  /** @throws GIFT_NOT_FOUND, GIFT_TAKEN, GIFT_CANCELLED, GIFT_EXPIRED, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: CancelGiftInput): Promise<Instance> {
    const request = { scope: `cancel-gift|${input.customerId}`, requestId, input };
    return (await this.gifts.submit({ do: 'cancel', request, ...input })).instance;
  }
}
