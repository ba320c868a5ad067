import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AcceptGiftRequest, CancelGiftRequest, OfferGiftRequest } from '@tidegate/contracts/benefits/v1/benefits';
import { ListOpenGiftsRequest } from '@tidegate/contracts/benefits/v1/gifts';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  AcceptGiftResponse,
  CancelGiftResponse,
  ListOpenGiftsResponse,
  OfferGiftResponse,
} from '../../responses/benefits/gift.response';
import { GiftTokenRequest } from './gifts.request';

@ApiTags('Gifts')
@Controller('app/v1')
export class AppGiftsController {
  constructor(private readonly peers: Peers) {}

  @Post('wallet/:instanceId/gifts')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Puts a benefit on its way as a gift 转送 and tells the token of its link.',
    answer: OfferGiftResponse,
    status: 201,
    reasons: ['INSTANCE_NOT_FOUND', 'INSTANCE_NOT_AVAILABLE', 'INSTANCE_EXPIRED', 'NOT_TRANSFERABLE'],
  })
  offer(
    @Param('instanceId', IdPipe) instanceId: string,
    @Body() _body: NoInput,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<OfferGiftResponse> {
    return this.peers.benefits.offerGift(OfferGiftRequest.fromPartial({ requestId, instanceId, customerId: actor.id }));
  }

  @Get('gifts')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Pages the own gifts that nobody has taken yet, newest first, with the tokens of their links.',
    answer: ListOpenGiftsResponse,
    reasons: ['PAGE_TOKEN_INVALID'],
  })
  list(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListOpenGiftsResponse> {
    return this.peers.gifts.listOpenGifts(ListOpenGiftsRequest.fromPartial({ ...page, customerId: actor.id }));
  }

  @Post('gifts/:giftId/accept')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Accepts a gift, once.',
    answer: AcceptGiftResponse,
    reasons: [
      'GIFT_NOT_FOUND',
      'GIFT_TAKEN',
      'GIFT_EXPIRED',
      'GIFT_CANCELLED',
      'GIFT_TO_SELF',
      'CUSTOMER_LIMIT_REACHED',
      'PERSON_LIMIT_REACHED',
      'PERSON_PROFILES_TOO_MANY',
    ],
  })
  accept(
    @Param('giftId', IdPipe) giftId: string,
    @Body() { token }: GiftTokenRequest,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<AcceptGiftResponse> {
    const request = AcceptGiftRequest.fromPartial({ requestId, giftId, token, customerId: actor.id });
    return this.peers.benefits.acceptGift(request);
  }

  @Post('gifts/:giftId/cancel')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Takes an offered gift back.',
    answer: CancelGiftResponse,
    reasons: ['GIFT_NOT_FOUND', 'GIFT_TAKEN', 'GIFT_CANCELLED', 'GIFT_EXPIRED'],
  })
  cancel(
    @Param('giftId', IdPipe) giftId: string,
    @Body() _body: NoInput,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<CancelGiftResponse> {
    return this.peers.benefits.cancelGift(CancelGiftRequest.fromPartial({ requestId, giftId, customerId: actor.id }));
  }
}
