import { isDeepStrictEqual } from 'node:util';
import type * as rpc from '@tidegate/contracts/benefits/v1/benefits';
import { testKeys } from '@tidegate/testing';
import { makeCode } from '../../domain/redemption-code';
import type { WalletFixture } from '../wallet.fixture';
import type { Request, ShownItem } from './model-state';

const CODE_KEY = Buffer.from(testKeys.codeSigning, 'base64');

type Benefits = WalletFixture['benefits'];

/** Speaks to the service in the model's words: what the model calls by the name of a request has an id there. */
export class WalletNames {
  readonly instances: Record<string, { id: string; customer: string }> = {};
  readonly holds: Record<string, { id: string; merchant: string }> = {};
  readonly gifts: Record<string, { id: string; token: string; customer: string }> = {};
  readonly redemptions: Record<string, { id: string; merchant: string }> = {};
  private readonly first: Record<string, unknown> = {};

  constructor(private readonly run: string) {}

  /** The service's id of a customer, merchant, stock or request of this run. */
  real(name: string): string {
    return `${this.run}-${name}`;
  }

  /** What the service answers, in words. @throws DomainError as the service refuses; an Error when a repeat is told another thing */
  async send(benefits: Benefits, request: Request): Promise<string> {
    const requestId = this.real(request.id);
    switch (request.do) {
      case 'claim': {
        const whose = { stockId: this.real(request.stock), customerId: this.real(request.customer) };
        const { instance } = await benefits.claimBenefit({ requestId, ...whose, decisionId: '' });
        this.own(request.id, request.customer, instance!);
        return this.told(request, instance!.instanceId, 'claimed');
      }
      case 'redeem': {
        const answer = await benefits.redeemByCode({ requestId, ...this.sale(request) });
        return this.sold(request, answer.redemptions, request.merchant);
      }
      case 'hold': {
        const answer = await benefits.holdBenefit({ requestId, ...this.sale(request) });
        this.holds[request.id] = { id: answer.holdId, merchant: request.merchant };
        return this.told(request, answer, `held ${answer.instances.length}`);
      }
      case 'commit': {
        const { id: holdId, merchant } = this.holds[request.hold]!;
        const answer = await benefits.commitHold({ requestId, holdId, merchantId: this.real(merchant) });
        return this.sold(request, answer.redemptions, merchant);
      }
      case 'void_hold': {
        const { id: holdId, merchant } = this.holds[request.hold]!;
        const answer = await benefits.voidHold({ requestId, holdId, merchantId: this.real(merchant) });
        return this.told(request, answer, 'voided');
      }
      case 'reverse': {
        const { id: redemptionId, merchant } = this.redemptions[request.redemption]!;
        const sale = {
          redemptionId,
          merchantId: this.real(merchant),
          storeId: 's-1',
          clerkId: 'k-1',
          isRepeatOnly: false,
          reason: 'wrong item',
        };
        const { reversal } = await benefits.reverseRedemption({ requestId, ...sale });
        return this.told(request, reversal, `reversed ${reversal!.amountMinor}`);
      }
      default:
        return this.give(benefits, request, requestId);
    }
  }

  private async give(
    benefits: Benefits,
    request: Request & { do: 'offer' | 'accept' | 'cancel' | 'transfer' | 'void' },
    requestId: string,
  ): Promise<string> {
    switch (request.do) {
      case 'offer': {
        const { id: instanceId, customer } = this.instances[request.instance]!;
        const answer = await benefits.offerGift({ requestId, instanceId, customerId: this.real(customer) });
        this.gifts[request.id] = { id: answer.giftId, token: answer.token, customer };
        return this.told(request, answer, 'offered');
      }
      case 'accept': {
        const { id: giftId, token } = this.gifts[request.gift]!;
        const { instance } = await benefits.acceptGift({
          requestId,
          giftId,
          token,
          customerId: this.real(request.customer),
        });
        this.own(request.id, request.customer, instance!);
        return this.told(request, instance, `received ${instance!.remainingMinor}`);
      }
      case 'cancel': {
        const { id: giftId, customer } = this.gifts[request.gift]!;
        const answer = await benefits.cancelGift({ requestId, giftId, customerId: this.real(customer) });
        return this.told(request, answer, 'cancelled');
      }
      case 'transfer': {
        const { id: instanceId, customer } = this.instances[request.instance]!;
        const whose = { instanceId, customerId: this.real(customer), toCustomerId: this.real(request.customer) };
        const { instance } = await benefits.transferBenefit({ requestId, ...whose });
        this.own(request.id, request.customer, instance!);
        return this.told(request, instance, `received ${instance!.remainingMinor}`);
      }
      case 'void': {
        const { id: instanceId } = this.instances[request.instance]!;
        const { instance } = await benefits.voidInstance({ requestId, instanceId, reason: 'granted by mistake' });
        return this.told(request, instance, 'void');
      }
    }
  }

  private own(name: string, customer: string, { instanceId }: rpc.Instance): void {
    this.instances[name] = { id: instanceId, customer };
  }

  private sold(request: Request, redemptions: rpc.Redemption[], merchant: string): string {
    redemptions.forEach(({ redemptionId }, index) => {
      this.redemptions[`${request.id}/${index}`] = { id: redemptionId, merchant };
    });
    return this.told(request, redemptions, `redeemed ${redemptions.map(({ amountMinor }) => amountMinor).join(' ')}`);
  }

  private sale({ items, merchant, order }: { items: ShownItem[]; merchant: string; order: number }) {
    return {
      code: '',
      items: items.map(({ instance, madeAt, nonce, amount }) => {
        const { id: instanceId, customer } = this.instances[instance]!;
        const owner = { instanceId, customerId: this.real(customer) };
        return { code: makeCode(owner, nonce, CODE_KEY, new Date(madeAt)).code, amountMinor: amount };
      }),
      merchantId: this.real(merchant),
      storeId: 's-1',
      clerkId: 'k-1',
      orderAmountMinor: order,
    };
  }

  /** A repeat must be told what the first was told, to the letter. */
  private told(request: Request, answer: unknown, words: string): string {
    if (request.id in this.first && !isDeepStrictEqual(this.first[request.id], answer)) {
      throw new Error(`${request.id} was told ${JSON.stringify([this.first[request.id], answer])}`);
    }
    this.first[request.id] = answer;
    return words;
  }
}
