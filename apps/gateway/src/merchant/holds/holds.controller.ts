import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HoldAtStoreRequest } from '@tidegate/contracts/merchants/v1/merchants';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { MERCHANT } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { TILL_REASONS } from '../redemptions/till-reasons';
import { HeldAnswer, RedeemedAnswer, VoidedAnswer, toRedeemed, toShown } from '../redemptions/till-views.response';
import { TillRequest } from '../redemptions/till.request';

@ApiTags('Holds')
@Controller('merchant/v1/holds')
export class MerchantHoldsController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(MERCHANT)
  @Endpoint({
    summary: 'Reserves a benefit at a till.',
    answer: HeldAnswer,
    status: 201,
    reasons: TILL_REASONS,
  })
  async hold(@Body() body: TillRequest, @Caller() actor: Actor, @RequestId() requestId: string): Promise<HeldAnswer> {
    const request = HoldAtStoreRequest.fromPartial({ ...body, requestId, merchantId: actor.id });
    const { holdId, expiresAt, instances, amountMinor } = await this.peers.merchants.holdAtStore(request);
    return { holdId, ...toShown(instances), expiresAt, amountMinor };
  }

  @Post(':holdId/commit')
  @Access(MERCHANT)
  @Endpoint({
    summary: 'Commits a hold: the benefit is redeemed.',
    answer: RedeemedAnswer,
    reasons: ['HOLD_NOT_FOUND', 'HOLD_VOIDED', 'HOLD_TIMED_OUT'],
  })
  async commit(
    @Param('holdId', IdPipe) holdId: string,
    @Body() _body: NoInput,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<RedeemedAnswer> {
    return toRedeemed(await this.peers.merchants.commitHoldAtStore({ requestId, holdId, merchantId: actor.id }));
  }

  @Post(':holdId/void')
  @Access(MERCHANT)
  @Endpoint({
    summary: 'Voids a hold: the benefit is available again.',
    answer: VoidedAnswer,
    reasons: ['HOLD_NOT_FOUND', 'HOLD_COMMITTED'],
  })
  async void(
    @Param('holdId', IdPipe) holdId: string,
    @Body() _body: NoInput,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<VoidedAnswer> {
    const voided = await this.peers.merchants.voidHoldAtStore({ requestId, holdId, merchantId: actor.id });
    return toShown(voided.instances);
  }
}
