import { Injectable } from '@nestjs/common';
import { decodeTimeToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Redemption } from '../../domain/redemption';
import { RedemptionRepository } from '../../repositories/redemption.repository';

/** Redemptions in the order they were committed: what settlement is made of. */
@Injectable()
export class ListRedemptionsUseCase {
  constructor(private readonly redemptions: RedemptionRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(input: {
    merchantId: string;
    from?: Date;
    to?: Date;
    pageSize: number;
    pageToken: string;
  }): Promise<{ redemptions: Redemption[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 1_000, fallback: 200 });
    const token = decodeTimeToken(input.pageToken);
    const redemptions = await this.redemptions.list(
      input,
      limit,
      token && { redeemedAt: token.at, redemptionId: token.id },
    );
    const last = redemptions.length === limit ? redemptions.at(-1) : undefined;
    return {
      redemptions,
      nextPageToken: last ? encodePageToken([last.redeemedAt.toISOString(), last.redemptionId]) : '',
    };
  }
}
