import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator';
import { READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { GetRedemptionResponse } from '../../responses/benefits/redemption.response';

@ApiTags('Merchants')
@Controller('admin/v1/merchants/:merchantId/redemptions')
export class AdminMerchantRedemptionsController {
  constructor(private readonly peers: Peers) {}

  @Get(':redemptionId')
  @Access(READER)
  @Endpoint({
    summary: 'One redemption of a merchant, and where and by whom it was taken back 冲正.',
    answer: GetRedemptionResponse,
    reasons: ['MERCHANT_NOT_FOUND', 'REDEMPTION_NOT_FOUND'],
  })
  async get(
    @Param('merchantId', IdPipe) merchantId: string,
    @Param('redemptionId', IdPipe) redemptionId: string,
  ): Promise<GetRedemptionResponse> {
    const [found] = await Promise.all([
      this.peers.benefits.getRedemption({ merchantId, redemptionId }),
      // Only the merchants service knows whose merchant it is; it refuses staff of other branches.
      this.peers.merchants.getMerchant({ merchantId }),
    ]);
    return found;
  }
}
