import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import { Clock, ServiceEnv } from '@tidegate/service';
import type { CustomerPageInput } from '../../definitions/definition.request';
import { giftToken, type Gift } from '../../domain/gift';
import { GiftRepository } from '../../repositories/gift.repository';

/** A customer's own gifts that nobody has taken yet, newest first, with the secrets of their links: for a phone that does not know them any more. */
@Injectable()
export class ListOpenGiftsUseCase {
  constructor(
    private readonly gifts: GiftRepository,
    private readonly env: ServiceEnv,
    private readonly clock: Clock,
  ) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(page: CustomerPageInput): Promise<{ gifts: (Gift & { token: string })[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const [after] = decodePageToken(page.pageToken) ?? [];
    const found = await this.gifts.listOpen(page.customerId, this.clock.now(), limit, after);
    const key = Buffer.from(this.env.keys.codeSigning, 'base64');
    const last = found.length === limit ? found.at(-1) : undefined;
    return {
      gifts: found.map((gift) => ({ ...gift, token: giftToken(gift.giftId, key) })),
      nextPageToken: last ? encodePageToken([last.giftId]) : '',
    };
  }
}
