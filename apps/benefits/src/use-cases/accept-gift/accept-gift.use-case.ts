import { Injectable } from '@nestjs/common';
import type { Instance } from '../../domain/instance';
import { GiftCommitter } from '../../gifts/gift-committer';
import type { AcceptGiftInput } from './accept-gift.request';

/** Takes a gift, once: the benefit and its value change hands, and the receiver's limit counts it. */
@Injectable()
export class AcceptGiftUseCase {
  constructor(private readonly gifts: GiftCommitter) {}

  /**
   * The receiver's new instance.
   * @throws GIFT_NOT_FOUND, GIFT_TAKEN, GIFT_CANCELLED, GIFT_EXPIRED, GIFT_TO_SELF, CUSTOMER_LIMIT_REACHED, PERSON_LIMIT_REACHED,
   * REQUEST_ID_REUSED
   */
  async execute({ requestId, ...input }: AcceptGiftInput): Promise<Instance> {
    const request = { scope: `accept-gift|${input.customerId}`, requestId, input };
    return (await this.gifts.submit({ do: 'accept', request, ...input })).instance;
  }
}
