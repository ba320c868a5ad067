import type * as rpc from '@tidegate/contracts/benefits/v1/benefits';
import { shown } from '../../http/shown';

/** A benefit instance 券 without whose it is, as tills see it. */
export class ShownBenefit implements Omit<rpc.Instance, 'customerId'> {
  @shown.text() instanceId!: string;
  @shown.text() stockId!: string;
  @shown.text() stockName!: string;
  @shown.text() kind!: string;
  @shown.text('One of: issued, held, gifting, redeemed, transferred, expired, void, reversed.') state!: string;
  @shown.whole() faceValueMinor!: number;
  @shown.text() currency!: string;
  @shown.time('When its holder got it.') claimedAt!: Date | undefined;
  @shown.time('When it was claimed of its stock; afterDays of its redeem window count from it.')
  firstClaimedAt!: Date | undefined;
  @shown.time() expiresAt!: Date | undefined;
  @shown.flag() isTransferable!: boolean;
  @shown.whole('What is left of the face value.') remainingMinor!: number;
  @shown.text('The instance it was given from; empty for one that was claimed.') fromInstanceId!: string;
}

/** One benefit instance 券 in a wallet. */
export class Instance extends ShownBenefit implements rpc.Instance {
  @shown.text() customerId!: string;
}

export class ClaimBenefitResponse implements rpc.ClaimBenefitResponse {
  @shown.part(() => Instance) instance!: Instance | undefined;
  @shown.flag('True when this request id was answered before.') isRepeat!: boolean;
}

export class GetInstanceResponse implements rpc.GetInstanceResponse {
  @shown.part(() => Instance) instance!: Instance | undefined;
}

export class WalletValue implements rpc.WalletValue {
  @shown.text() currency!: string;
  @shown.whole() amountMinor!: number;
}

export class WalletItem implements rpc.WalletItem {
  @shown.part(() => Instance) instance!: Instance | undefined;
  @shown.whole('Whole seconds from serverTime on, to count down by; 0 for what can no longer be used.')
  expiresInSeconds!: number;
}

/** Benefits of a wallet that are in the same place. */
export class WalletGroup implements rpc.WalletGroup {
  @shown.text(
    'available; held (at a till); on_way (offered as a gift); used (redeemed or transferred); expired (also void, or reversed too late).',
  )
  group!: string;
  @shown.whole('Of the whole group.') count!: number;
  @shown.parts(
    () => WalletValue,
    'Of the whole group, by currency: what is left of benefits that may be used still, else their face value; opened bundles and credited points have none.',
  )
  values!: WalletValue[];
  @shown.parts(() => WalletItem, 'One page: soonest to expire first; of used and expired the last first.')
  items!: WalletItem[];
  @shown.text() nextPageToken!: string;
}

/** A wallet as its holder sees it. */
export class ListWalletResponse implements Omit<rpc.ListWalletResponse, 'takenBack'> {
  @shown.parts(() => Instance) instances!: Instance[];
  @shown.text() nextPageToken!: string;
  @shown.counts('Count of instances per state, over the whole wallet.') countByState!: Record<string, number>;
  @shown.time() serverTime!: Date | undefined;
  @shown.parts(() => WalletGroup, 'Those asked for; the one list is empty then.') groups!: WalletGroup[];
  @shown.flag('There are more than the 10000 benefits that counts and values are of: at least so many.')
  isCut!: boolean;
}

/** Who took a benefit back 作废, and why. */
export class TakenBackInstance implements rpc.TakenBackInstance {
  @shown.text() instanceId!: string;
  @shown.text() actorId!: string;
  @shown.text('As it was told.') reason!: string;
}

/** A customer’s wallet as staff see it. */
export class CustomerWalletResponse extends ListWalletResponse implements rpc.ListWalletResponse {
  @shown.parts(() => TakenBackInstance, 'Of the benefits shown, those that the bank took back: by whom and why.')
  takenBack!: TakenBackInstance[];
}

export class TransferBenefitResponse implements rpc.TransferBenefitResponse {
  @shown.part(() => Instance) instance!: Instance | undefined;
}

export class VoidInstanceResponse implements rpc.VoidInstanceResponse {
  @shown.part(() => Instance) instance!: Instance | undefined;
}
