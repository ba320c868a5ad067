import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListRedemptionsRequest } from '@tidegate/contracts/benefits/v1/benefits';
import { RedeemAtStoreRequest, ValidateAtStoreRequest } from '@tidegate/contracts/merchants/v1/merchants';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { MERCHANT } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { PeriodQuery, ReverseRequest } from './redemptions.request';
import { POINT_OF_SALE_REASONS, TILL_REASONS } from './till-reasons';
import {
  OwnRedemptionAnswer,
  OwnRedemptionsAnswer,
  RedeemedAnswer,
  ReverseAtStoreResponse,
  ValidatedAnswer,
  toRedeemed,
  withoutCustomer,
} from './till-views.response';
import { TillRequest } from './till.request';

@ApiTags('Redemptions')
@Controller('merchant/v1/redemptions')
export class MerchantRedemptionsController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(MERCHANT)
  @Endpoint({
    summary: 'Redeems a benefit in one step 核销.',
    answer: RedeemedAnswer,
    status: 201,
    reasons: TILL_REASONS,
  })
  async redeem(
    @Body() body: TillRequest,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<RedeemedAnswer> {
    const request = RedeemAtStoreRequest.fromPartial({ ...body, requestId, merchantId: actor.id });
    return toRedeemed(await this.peers.merchants.redeemAtStore(request));
  }

  @Post('validate')
  @Access(MERCHANT)
  @Endpoint({
    summary: 'Says what a sale would take 验券, before it is held or redeemed; the code stays good.',
    answer: ValidatedAnswer,
    reasons: TILL_REASONS,
  })
  async validate(@Body() body: TillRequest, @Caller() actor: Actor): Promise<ValidatedAnswer> {
    const request = ValidateAtStoreRequest.fromPartial({ ...body, merchantId: actor.id });
    const { instances, amountMinor } = await this.peers.merchants.validateAtStore(request);
    return { instances: instances.map(withoutCustomer), amountMinor };
  }

  @Post(':redemptionId/reverse')
  @Access(MERCHANT)
  @Endpoint({
    summary: 'Takes a redemption back 冲正, within a day.',
    answer: ReverseAtStoreResponse,
    reasons: ['REDEMPTION_NOT_FOUND', 'REDEMPTION_REVERSED', 'REVERSAL_WINDOW_OVER', ...POINT_OF_SALE_REASONS],
  })
  reverse(
    @Param('redemptionId', IdPipe) redemptionId: string,
    @Body() body: ReverseRequest,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<ReverseAtStoreResponse> {
    return this.peers.merchants.reverseAtStore({ ...body, requestId, redemptionId, merchantId: actor.id });
  }

  @Get()
  @Access(MERCHANT)
  @Endpoint({ summary: 'Pages the own redemptions in the order they were committed.', answer: OwnRedemptionsAnswer })
  async list(@Query() query: PeriodQuery, @Caller() actor: Actor): Promise<OwnRedemptionsAnswer> {
    const request = ListRedemptionsRequest.fromPartial({ ...query, merchantId: actor.id });
    const { redemptions, nextPageToken } = await this.peers.benefits.listRedemptions(request);
    return { redemptions: redemptions.map(withoutCustomer), nextPageToken };
  }

  @Get(':redemptionId')
  @Access(MERCHANT)
  @Endpoint({
    summary: 'One own redemption, and where and by whom it was taken back 冲正.',
    answer: OwnRedemptionAnswer,
    reasons: ['REDEMPTION_NOT_FOUND'],
  })
  async get(
    @Param('redemptionId', IdPipe) redemptionId: string,
    @Caller() { id: merchantId }: Actor,
  ): Promise<OwnRedemptionAnswer> {
    const { redemption, isReversed, reversal } = await this.peers.benefits.getRedemption({ merchantId, redemptionId });
    return { redemption: redemption && withoutCustomer(redemption), isReversed, reversal };
  }
}
