import { Injectable } from '@nestjs/common';
import { newId } from '@tidegate/mongo';
import { ServiceEnv } from '@tidegate/service';
import { giftToken, type Gift } from '../../domain/gift';
import { GiftCommitter } from '../../gifts/gift-committer';
import type { OfferGiftInput } from './offer-gift.request';

/** Puts a benefit on its way as a gift 转送. */
@Injectable()
export class OfferGiftUseCase {
  constructor(
    private readonly gifts: GiftCommitter,
    private readonly env: ServiceEnv,
  ) {}

  /** @throws INSTANCE_NOT_FOUND, INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED, NOT_TRANSFERABLE, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: OfferGiftInput): Promise<{ gift: Gift; token: string }> {
    const request = { scope: `offer-gift|${input.customerId}`, requestId, input };
    const { gift } = await this.gifts.submit({ do: 'offer', request, giftId: newId(), ...input });
    return { gift, token: giftToken(gift.giftId, Buffer.from(this.env.keys.codeSigning, 'base64')) };
  }
}
