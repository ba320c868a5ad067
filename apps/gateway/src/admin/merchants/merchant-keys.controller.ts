import { Body, Controller, Delete, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PutMerchantKeyRequest, RevokeMerchantKeyRequest } from '@tidegate/contracts/merchants/v1/merchants';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { PutMerchantKeyResponse, RevokeMerchantKeyResponse } from '../../responses/merchants/merchant-key.response';
import { MerchantKeyBody } from './merchants.request';

@ApiTags('Merchants')
@Controller('admin/v1/merchants/:merchantId/keys/:keyId')
export class AdminMerchantKeysController {
  constructor(private readonly peers: Peers) {}

  @Put()
  @Access(ADMIN)
  @Endpoint({
    summary: 'Registers a key that signs requests; older ones stay until revoked.',
    answer: PutMerchantKeyResponse,
    reasons: ['KEY_INVALID', 'MERCHANT_NOT_FOUND'],
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

  @Delete()
  @Access(ADMIN)
  @Endpoint({
    summary: 'Revokes a key, within five seconds everywhere.',
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
