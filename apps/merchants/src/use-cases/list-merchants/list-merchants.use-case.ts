import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { Merchant } from '../../domain/merchant';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type PageInput } from '../../page.request';
import { MerchantRepository } from '../../repositories/merchant.repository';

/** Merchants of the actor's organisation and below, by id; a merchant sees itself, a customer the active ones, without their accounts. */
@Injectable()
export class ListMerchantsUseCase {
  constructor(private readonly merchants: MerchantRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(input: PageInput, actor: Actor): Promise<{ merchants: Merchant[]; nextPageToken: string }> {
    if (actor.kind === 'merchant') {
      const own = await this.merchants.findMerchant(actor.id);
      return { merchants: own ? [own] : [], nextPageToken: '' };
    }
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const merchants = await this.merchants.listMerchants(actor.kind === 'staff' ? actor.orgPath : '', limit, after);
    const last = merchants.length === limit ? merchants.at(-1) : undefined;
    const shown = actor.kind === 'customer' ? merchants.flatMap(toPublic) : merchants;
    return { merchants: shown, nextPageToken: last ? encodePageToken([last.merchantId]) : '' };
  }
}

const toPublic = (merchant: Merchant): Merchant[] =>
  merchant.state === 'active' ? [{ ...merchant, settlementAccount: '', madeBy: '', reviewedBy: '' }] : [];
