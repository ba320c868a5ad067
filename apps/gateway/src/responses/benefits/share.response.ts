import type * as rpc from '@tidegate/contracts/benefits/v1/shares';
import { shown } from '../../http/shown';
import { Instance } from './instance.response';

/** A link to a stock, and what came of it. Counts follow a claim within moments. */
export class ShareLink implements rpc.ShareLink {
  @shown.text() linkId!: string;
  @shown.text() stockId!: string;
  @shown.text('The sharer.') customerId!: string;
  @shown.time() createdAt!: Date | undefined;
  @shown.time() expiresAt!: Date | undefined;
  @shown.whole('Customers who opened it.') openedCount!: number;
  @shown.whole('Benefits that were claimed by it.') claimedCount!: number;
  @shown.whole('Rewards that the sharer earned by it.') rewardedCount!: number;
}

export class CreateShareLinkResponse implements rpc.CreateShareLinkResponse {
  @shown.part(() => ShareLink) link!: ShareLink | undefined;
}

export class OpenShareLinkResponse implements rpc.OpenShareLinkResponse {
  @shown.text('What can be claimed by it.') stockId!: string;
  @shown.time() expiresAt!: Date | undefined;
}

export class ClaimSharedBenefitResponse implements rpc.ClaimSharedBenefitResponse {
  @shown.part(() => Instance) instance!: Instance | undefined;
  @shown.flag('True when this request id was answered before.') isRepeat!: boolean;
}

export class ListShareLinksResponse implements rpc.ListShareLinksResponse {
  @shown.parts(() => ShareLink) links!: ShareLink[];
  @shown.text() nextPageToken!: string;
}
