import type {
  AcceptGiftResponse,
  CancelGiftResponse,
  ClaimBenefitResponse,
  GetInstanceResponse,
  IssueRedemptionCodeResponse,
  OfferGiftResponse,
} from '@tidegate/contracts/benefits/v1/benefits';
import type { ListInboxResponse, MarkMessageResponse } from '@tidegate/contracts/delivery/v1/delivery';
import type { Caller } from '../http/caller';
import type { Json } from '../http/json';

/** What one customer's phone uses. */
export class AppApi {
  constructor(private readonly caller: Caller) {}

  claim(stockId: string, key: string): Promise<Json<ClaimBenefitResponse>> {
    return this.caller.post(`/app/v1/stocks/${stockId}/claims`, key);
  }

  getInstance(instanceId: string): Promise<Json<GetInstanceResponse>> {
    return this.caller.get(`/app/v1/wallet/${instanceId}`);
  }

  issueCode(instanceId: string, key: string): Promise<Json<IssueRedemptionCodeResponse>> {
    return this.caller.post(`/app/v1/wallet/${instanceId}/redemption-code`, key);
  }

  offerGift(instanceId: string, key: string): Promise<Json<OfferGiftResponse>> {
    return this.caller.post(`/app/v1/wallet/${instanceId}/gifts`, key);
  }

  acceptGift(giftId: string, token: string, key: string): Promise<Json<AcceptGiftResponse>> {
    return this.caller.post(`/app/v1/gifts/${giftId}/accept`, key, { token });
  }

  takeGiftBack(giftId: string, key: string): Promise<Json<CancelGiftResponse>> {
    return this.caller.post(`/app/v1/gifts/${giftId}/cancel`, key);
  }

  listInbox(): Promise<Json<ListInboxResponse>> {
    return this.caller.get('/app/v1/inbox');
  }

  markMessage(messageId: string, mark: 'read' | 'clicked', key: string): Promise<Json<MarkMessageResponse>> {
    return this.caller.post(`/app/v1/inbox/${messageId}/marks`, key, { mark });
  }

  withdrawConsent(purpose: string, channel: string, key: string): Promise<unknown> {
    const evidence = 'app: privacy centre';
    return this.caller.post('/app/v1/consents', key, { purpose, channel, isGranted: false, evidence });
  }

  complain(subject: string, key: string): Promise<unknown> {
    return this.caller.post('/app/v1/complaints', key, { subject });
  }
}
