import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ListMerchantKeysRequest,
  PutMerchantKeyRequest,
  RevokeMerchantKeyRequest,
  RotateMerchantKeyRequest,
} from '@tidegate/contracts/merchants/v1/merchants';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { KeyRotationBody } from '../../requests/merchant-key.request';
import {
  ListMerchantKeysResponse,
  PutMerchantKeyResponse,
  RevokeMerchantKeyResponse,
  RotateMerchantKeyResponse,
} from '../../responses/merchants/merchant-key.response';
import { MerchantKeyBody } from './merchants.request';

const ROTATION_REASONS = ['KEY_NOT_FOUND', 'KEY_INVALID', 'KEY_EXISTS', 'KEY_ROTATED_OUT', 'KEY_LIMIT_REACHED'];

@ApiTags('Merchants')
@Controller('admin/v1/merchants/:merchantId/keys')
export class AdminMerchantKeysController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages a merchant’s keys, revoked ones too.', answer: ListMerchantKeysResponse })
  list(@Param('merchantId', IdPipe) merchantId: string, @Query() page: PageQuery): Promise<ListMerchantKeysResponse> {
    return this.peers.merchants.listMerchantKeys(ListMerchantKeysRequest.fromPartial({ ...page, merchantId }));
  }

  @Put(':keyId')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Registers a key that signs requests; older ones stay until revoked.',
    answer: PutMerchantKeyResponse,
    reasons: ['KEY_INVALID', 'KEY_ROTATED_OUT', 'MERCHANT_NOT_FOUND'],
  })
  put(
    @Param('merchantId', IdPipe) merchantId: string,
    @Param('keyId', IdPipe) keyId: string,
    @Body() { publicKeyPem }: MerchantKeyBody,
    @RequestId() requestId: string,
  ): Promise<PutMerchantKeyResponse> {
    const request = PutMerchantKeyRequest.fromPartial({ requestId, key: { keyId, merchantId, publicKeyPem } });
    return this.peers.merchants.putMerchantKey(request);
  }

  @Post(':keyId/rotate')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Puts a new key beside an old one, which ends with the overlap.',
    answer: RotateMerchantKeyResponse,
    reasons: ROTATION_REASONS,
  })
  rotate(
    @Param('merchantId', IdPipe) merchantId: string,
    @Param('keyId', IdPipe) oldKeyId: string,
    @Body() body: KeyRotationBody,
    @RequestId() requestId: string,
  ): Promise<RotateMerchantKeyResponse> {
    const request = RotateMerchantKeyRequest.fromPartial({ ...body, requestId, merchantId, oldKeyId });
    return this.peers.merchants.rotateMerchantKey(request);
  }

  @Delete(':keyId')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Revokes a key at once.',
    answer: RevokeMerchantKeyResponse,
    reasons: ['KEY_NOT_FOUND'],
  })
  revoke(
    @Param('merchantId', IdPipe) merchantId: string,
    @Param('keyId', IdPipe) keyId: string,
    @Body() _body: NoInput,
    @RequestId() requestId: string,
  ): Promise<RevokeMerchantKeyResponse> {
    return this.peers.merchants.revokeMerchantKey(
      RevokeMerchantKeyRequest.fromPartial({ requestId, merchantId, keyId }),
    );
  }
}
