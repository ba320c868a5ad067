import type * as rpc from '@tidegate/contracts/merchants/v1/merchants';
import { shown } from '../../http/shown';
import { Instance } from '../benefits/instance.response';
import { Redemption, Reversal } from '../benefits/redemption.response';

export class RedeemAtStoreResponse implements rpc.RedeemAtStoreResponse {
  @shown.part(() => Redemption) redemption!: Redemption | undefined;
  @shown.parts(() => Redemption) redemptions!: Redemption[];
}

export class ValidateAtStoreResponse implements rpc.ValidateAtStoreResponse {
  @shown.parts(() => Instance) instances!: Instance[];
  @shown.whole('What the sale would take of all of them.') amountMinor!: number;
}

export class HoldAtStoreResponse implements rpc.HoldAtStoreResponse {
  @shown.text() holdId!: string;
  @shown.part(() => Instance) instance!: Instance | undefined;
  @shown.time() expiresAt!: Date | undefined;
  @shown.parts(() => Instance) instances!: Instance[];
  @shown.whole('What the sale will take of all of them.') amountMinor!: number;
}

export class CommitHoldAtStoreResponse implements rpc.CommitHoldAtStoreResponse {
  @shown.part(() => Redemption) redemption!: Redemption | undefined;
  @shown.parts(() => Redemption) redemptions!: Redemption[];
}

export class VoidHoldAtStoreResponse implements rpc.VoidHoldAtStoreResponse {
  @shown.part(() => Instance) instance!: Instance | undefined;
  @shown.parts(() => Instance) instances!: Instance[];
}

export class ReverseAtStoreResponse implements rpc.ReverseAtStoreResponse {
  @shown.part(() => Reversal) reversal!: Reversal | undefined;
}
