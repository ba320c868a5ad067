import type * as rpc from '@tidegate/contracts/benefits/v1/benefits';
import { shown } from '../../http/shown';

/** One benefit instance 券 in a wallet. */
export class Instance implements rpc.Instance {
  @shown.text() instanceId!: string;
  @shown.text() stockId!: string;
  @shown.text() stockName!: string;
  @shown.text() kind!: string;
  @shown.text() customerId!: string;
  @shown.text('One of: issued, held, gifting, redeemed, transferred, expired, void, reversed.') state!: string;
  @shown.whole() faceValueMinor!: number;
  @shown.text() currency!: string;
  @shown.time() claimedAt!: Date | undefined;
  @shown.time() expiresAt!: Date | undefined;
  @shown.flag() isTransferable!: boolean;
  @shown.whole('What is left of the face value.') remainingMinor!: number;
  @shown.text('The instance it was given from; empty for one that was claimed.') fromInstanceId!: string;
}

export class ClaimBenefitResponse implements rpc.ClaimBenefitResponse {
  @shown.part(() => Instance) instance!: Instance | undefined;
  @shown.flag('True when this request id was answered before.') isRepeat!: boolean;
}

export class GetInstanceResponse implements rpc.GetInstanceResponse {
  @shown.part(() => Instance) instance!: Instance | undefined;
}

export class ListWalletResponse implements rpc.ListWalletResponse {
  @shown.parts(() => Instance) instances!: Instance[];
  @shown.text() nextPageToken!: string;
  @shown.counts('Count of instances per state, over the whole wallet.') countByState!: Record<string, number>;
  @shown.time() serverTime!: Date | undefined;
}

export class TransferBenefitResponse implements rpc.TransferBenefitResponse {
  @shown.part(() => Instance) instance!: Instance | undefined;
}

export class VoidInstanceResponse implements rpc.VoidInstanceResponse {
  @shown.part(() => Instance) instance!: Instance | undefined;
}
