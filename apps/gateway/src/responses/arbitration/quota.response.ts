import type * as rpc from '@tidegate/contracts/arbitration/v1/quotas';
import { shown } from '../../http/shown';

/** A quota 额度 and its count in the current period. */
export class Quota implements rpc.Quota {
  @shown.text() quotaId!: string;
  @shown.text() name!: string;
  @shown.text('product, material, volume, budget.') kind!: string;
  @shown.whole('Of one period: pieces, contacts, or minor units of the currency.') limitAmount!: number;
  @shown.text('For a budget only.') currency!: string;
  @shown.text('total, day, month.') period!: string;
  @shown.text() orgPath!: string;
  @shown.whole() version!: number;
  @shown.whole(
    'Promised for this period by decisions without an outcome yet; a contact of a later day counts in its own.',
  )
  reservedAmount!: number;
  @shown.whole('Taken for good.') usedAmount!: number;
  @shown.text('The period counted, e.g. 2026-03-02; empty for total.') periodKey!: string;
  @shown.time() updatedAt!: Date | undefined;
}

export class PutQuotaResponse implements rpc.PutQuotaResponse {
  @shown.part(() => Quota) quota!: Quota | undefined;
}

export class GetQuotaResponse implements rpc.GetQuotaResponse {
  @shown.part(() => Quota) quota!: Quota | undefined;
}

export class ListQuotasResponse implements rpc.ListQuotasResponse {
  @shown.parts(() => Quota) quotas!: Quota[];
  @shown.text() nextPageToken!: string;
}
