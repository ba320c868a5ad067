import type { Instance } from '@tidegate/contracts/benefits/v1/benefits';
import { claimedText } from './model-claim';
import type { Request, RequestTo } from './model-state';
import type { Sender, Senders } from './sender';
import type { WalletNames } from './wallet-names';

/** What customers claim and give, and what the bank does about it. */
export const GIFT: Senders<
  'claim' | 'shared' | 'offer' | 'accept' | 'cancel' | 'transfer' | 'void' | 'set_state' | 'link'
> = {
  claim: async (request, { clients, names, requestId }) => {
    const whose = { stockId: names.realStock(request.stock), customerId: names.real(request.customer) };
    const { instance } = await clients.benefits.claimBenefit({ requestId, ...whose, decisionId: '' });
    return claimed(request, instance!, { clients, names });
  },
  shared: async (request, { clients, names, requestId }) => {
    const by = { linkId: names.links[request.stock]!, customerId: names.real(request.customer) };
    const { instance } = await clients.shares.claimSharedBenefit({ requestId, ...by });
    return claimed(request, instance!, { clients, names });
  },
  offer: async (request, { clients, names, requestId }) => {
    const answer = await clients.benefits.offerGift({ requestId, ...names.owned(request.instance) });
    const { giftId: id, token } = answer;
    names.gifts[request.id] = { id, token, customer: names.instances[request.instance]!.customer };
    return names.told(request, answer, 'offered');
  },
  accept: async (request, { clients, names, requestId }) => {
    const { id: giftId, token } = names.gifts[request.gift]!;
    const gift = { giftId, token, customerId: names.real(request.customer) };
    const { instance } = await clients.benefits.acceptGift({ requestId, ...gift });
    return received(names, request, instance!);
  },
  cancel: async (request, { clients, names, requestId }) => {
    const { id: giftId, customer } = names.gifts[request.gift]!;
    const answer = await clients.benefits.cancelGift({ requestId, giftId, customerId: names.real(customer) });
    return names.told(request, answer, 'cancelled');
  },
  transfer: async (request, { clients, names, requestId }) => {
    const whose = { ...names.owned(request.instance), toCustomerId: names.real(request.customer) };
    const { instance } = await clients.benefits.transferBenefit({ requestId, ...whose });
    return received(names, request, instance!);
  },
  void: async (request, { clients, names, requestId }) => {
    const { instanceId } = names.owned(request.instance);
    const { instance } = await clients.benefits.voidInstance({ requestId, instanceId, reason: 'granted by mistake' });
    return names.told(request, instance, 'void');
  },
  set_state: async (request, { clients, names, requestId }) => {
    const wanted = { stockId: names.realStock(request.stock), state: request.to };
    const { stock } = await clients.benefits.setStockState({ requestId, ...wanted });
    return names.told(request, stock!.state, stock!.state);
  },
  link: async (request, { clients, names, requestId }) => {
    const whose = { customerId: names.real(request.customer), personId: names.real(request.person) };
    return names.told(request, await clients.benefits.linkPerson({ requestId, ...whose }), 'linked');
  },
};

/** What came in a bundle is called by it and its stock. */
async function claimed(
  request: RequestTo<'claim' | 'shared'>,
  { instanceId, kind }: Instance,
  { clients, names }: Pick<Parameters<Sender<'claim'>>[1], 'clients' | 'names'>,
): Promise<string> {
  names.own(request.id, request.customer, instanceId);
  const parts: string[] = [];
  if (kind === 'bundle') {
    const whole = { state: '', group: '', pageSize: 200, pageToken: '' };
    const wallet = await clients.benefits.listWallet({ customerId: names.real(request.customer), ...whole });
    for (const each of wallet.instances.filter(({ fromInstanceId }) => fromInstanceId === instanceId)) {
      const part = names.modelStock(each.stockId);
      names.own(`${request.id}/${part}`, request.customer, each.instanceId);
      parts.push(part);
    }
  }
  return names.told(request, instanceId, claimedText(parts));
}

function received(names: WalletNames, request: Request & { customer: string }, instance: Instance): string {
  names.own(request.id, request.customer, instance.instanceId);
  return names.told(request, instance, `received ${instance.remainingMinor}`);
}
