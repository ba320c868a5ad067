import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '@tidegate/observability';
import { Access, Caller } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ShowCodeResponse } from '../../responses/benefits/code-pool.response';

@ApiTags('Wallet')
@Controller('app/v1/wallet')
export class AppCodesController {
  constructor(private readonly peers: Peers) {}

  @Post(':instanceId/third-party-code')
  @Access(CUSTOMER)
  @Endpoint({
    summary:
      'Shows the third-party code of an own benefit; the first time uses the benefit 核销, then it is shown again.',
    answer: ShowCodeResponse,
    reasons: [
      'INSTANCE_NOT_FOUND',
      'INSTANCE_NOT_AVAILABLE',
      'INSTANCE_EXPIRED',
      'CODE_NOT_FOUND',
      'REDEEM_NOT_YET',
      'REDEEM_WINDOW_CLOSED',
    ],
  })
  show(
    @Param('instanceId', IdPipe) instanceId: string,
    @Body() _body: NoInput,
    @Caller() actor: Actor,
  ): Promise<ShowCodeResponse> {
    return this.peers.codePools.showCode({ instanceId, customerId: actor.id });
  }
}
