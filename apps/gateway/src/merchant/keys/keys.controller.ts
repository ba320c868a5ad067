import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ListMerchantKeysRequest,
  RevokeMerchantKeyRequest,
  RotateMerchantKeyRequest,
} from '@tidegate/contracts/merchants/v1/merchants';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { MERCHANT } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { KeyRotationBody } from '../../requests/merchant-key.request';
import {
  ListMerchantKeysResponse,
  RevokeMerchantKeyResponse,
  RotateMerchantKeyResponse,
} from '../../responses/merchants/merchant-key.response';

@ApiTags('Keys')
@Controller('merchant/v1/keys')
export class MerchantKeysController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(MERCHANT)
  @Endpoint({ summary: 'Pages the own keys, revoked ones too.', answer: ListMerchantKeysResponse })
  list(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListMerchantKeysResponse> {
    const request = ListMerchantKeysRequest.fromPartial({ ...page, merchantId: actor.id });
    return this.peers.merchants.listMerchantKeys(request);
  }

  @Post(':keyId/rotate')
  @Access(MERCHANT)
  @Endpoint({
    summary: 'Puts a new key beside an own one, which ends with the overlap.',
    answer: RotateMerchantKeyResponse,
    reasons: ['KEY_NOT_FOUND', 'KEY_INVALID', 'KEY_EXISTS', 'KEY_ROTATED_OUT', 'KEY_LIMIT_REACHED'],
  })
  rotate(
    @Param('keyId', IdPipe) oldKeyId: string,
    @Body() body: KeyRotationBody,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<RotateMerchantKeyResponse> {
    const request = RotateMerchantKeyRequest.fromPartial({ ...body, requestId, merchantId: actor.id, oldKeyId });
    return this.peers.merchants.rotateMerchantKey(request);
  }

  @Delete(':keyId')
  @Access(MERCHANT)
  @Endpoint({ summary: 'Revokes an own key at once.', answer: RevokeMerchantKeyResponse, reasons: ['KEY_NOT_FOUND'] })
  revoke(
    @Param('keyId', IdPipe) keyId: string,
    @Body() _body: NoInput,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<RevokeMerchantKeyResponse> {
    const request = RevokeMerchantKeyRequest.fromPartial({ requestId, merchantId: actor.id, keyId });
    return this.peers.merchants.revokeMerchantKey(request);
  }
}
