import type * as rpc from '@tidegate/contracts/benefits/v1/benefits';
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
