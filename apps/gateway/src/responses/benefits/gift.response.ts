import type * as rpc from '@tidegate/contracts/benefits/v1/benefits';
import type * as gifts from '@tidegate/contracts/benefits/v1/gifts';
import { shown } from '../../http/shown';
import { Instance } from './instance.response';

export class OfferGiftResponse implements rpc.OfferGiftResponse {
  @shown.text() giftId!: string;
  @shown.text('The secret of the link; whoever holds it may accept.') token!: string;
  @shown.time() expiresAt!: Date | undefined;
}

export class AcceptGiftResponse implements rpc.AcceptGiftResponse {
  @shown.part(() => Instance) instance!: Instance | undefined;
}

export class CancelGiftResponse implements rpc.CancelGiftResponse {
  @shown.part(() => Instance) instance!: Instance | undefined;
}

/** An own gift that nobody has taken yet. */
export class OpenGift implements gifts.OpenGift {
  @shown.text() giftId!: string;
  @shown.text() instanceId!: string;
  @shown.text() stockId!: string;
  @shown.text('The secret of the link; whoever holds it may accept.') token!: string;
  @shown.time() offeredAt!: Date | undefined;
  @shown.time() expiresAt!: Date | undefined;
}

export class ListOpenGiftsResponse implements gifts.ListOpenGiftsResponse {
  @shown.parts(() => OpenGift) gifts!: OpenGift[];
  @shown.text() nextPageToken!: string;
}
