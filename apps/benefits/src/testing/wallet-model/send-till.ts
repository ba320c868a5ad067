import type * as rpc from '@tidegate/contracts/benefits/v1/benefits';
import { testKeys } from '@tidegate/testing';
import { makeCode } from '../../domain/redemption-code';
import type { Request, RequestTo } from './model-state';
import type { Senders } from './sender';
import type { WalletNames } from './wallet-names';

const CODE_KEY = Buffer.from(testKeys.codeSigning, 'base64');

/** What tills and settlement ask for. */
export const TILL: Senders<'redeem' | 'hold' | 'commit' | 'void_hold' | 'reverse' | 'show' | 'adjust' | 'settle'> = {
  redeem: async (request, { clients, names, requestId }) => {
    const answer = await clients.benefits.redeemByCode({ requestId, ...sale(names, request) });
    return sold(names, request, answer.redemptions, request.merchant);
  },
  hold: async (request, { clients, names, requestId }) => {
    const answer = await clients.benefits.holdBenefit({ requestId, ...sale(names, request) });
    names.holds[request.id] = { id: answer.holdId, merchant: request.merchant };
    return names.told(request, answer, `held ${answer.instances.length}`);
  },
  commit: async (request, { clients, names, requestId }) => {
    const { id: holdId, merchant } = names.holds[request.hold]!;
    const answer = await clients.benefits.commitHold({ requestId, holdId, merchantId: names.real(merchant) });
    return sold(names, request, answer.redemptions, merchant);
  },
  void_hold: async (request, { clients, names, requestId }) => {
    const { id: holdId, merchant } = names.holds[request.hold]!;
    const answer = await clients.benefits.voidHold({ requestId, holdId, merchantId: names.real(merchant) });
    return names.told(request, answer, 'voided');
  },
  reverse: async (request, { clients, names, requestId }) => {
    const { id: redemptionId, merchant } = names.redemptions[request.redemption]!;
    const place = { merchantId: names.real(merchant), storeId: 's-1', clerkId: 'k-1' };
    const why = { isRepeatOnly: false, reason: 'wrong item' };
    const { reversal } = await clients.benefits.reverseRedemption({ requestId, redemptionId, ...place, ...why });
    const { reversalId, amountMinor } = reversal!;
    names.reversals[request.redemption] = { reversalId, redemptionId, amountMinor };
    return names.told(request, reversal, `reversed ${amountMinor}`);
  },
  show: async (request, { clients, names }) => {
    const whose = names.owned(request.instance);
    return names.told(request, await clients.poolsAs(whose.customerId).showCode(whose), 'shown');
  },
  adjust: async (request, { clients, names, requestId }) => {
    const borne = { kind: 'adjustment', funder: 'bank', partyId: names.run, currency: 'CNY' };
    const owed = { merchantId: names.real(request.merchant), amountMinor: request.amount };
    const answer = await clients.benefits.postAdjustment({ requestId, adjustmentId: requestId, ...owed, ...borne });
    return names.told(request, answer, 'adjusted');
  },
  settle: async (request, { clients, names, requestId }) => {
    const answer = await clients.benefits.postSettlement({
      requestId,
      batchId: requestId,
      merchantId: names.real(request.merchant),
      amountMinor: request.amount,
      currency: 'CNY',
      redemptionIds: request.redemptions.map((name) => names.redemptions[name]!.id),
      reversals: request.reversals.map((name) => names.reversals[name]!),
      adjustmentIds: request.adjustments.map((name) => names.real(name)),
    });
    return names.told(request, answer, 'settled');
  },
};

function sold(names: WalletNames, request: Request, redemptions: rpc.Redemption[], merchant: string): string {
  redemptions.forEach(({ redemptionId }, index) => {
    names.redemptions[`${request.id}/${index}`] = { id: redemptionId, merchant };
  });
  const amounts = redemptions.map(({ amountMinor }) => amountMinor).join(' ');
  return names.told(request, redemptions, `redeemed ${amounts}`);
}

const sale = (names: WalletNames, { items, merchant, order }: RequestTo<'redeem' | 'hold'>) => ({
  code: '',
  items: items.map(({ instance, madeAt, nonce, amount }) => ({
    code: makeCode(names.owned(instance), nonce, CODE_KEY, new Date(madeAt)).code,
    amountMinor: amount,
  })),
  merchantId: names.real(merchant),
  storeId: 's-1',
  clerkId: 'k-1',
  orderAmountMinor: order,
});
