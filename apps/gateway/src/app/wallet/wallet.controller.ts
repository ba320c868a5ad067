import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IssueRedemptionCodeRequest, ListWalletRequest } from '@tidegate/contracts/benefits/v1/benefits';
import type { Actor } from '@tidegate/observability';
import { Access, Caller } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { GetInstanceResponse, ListWalletResponse } from '../../responses/benefits/instance.response';
import { IssueRedemptionCodeResponse } from '../../responses/benefits/redemption.response';
import { WalletQuery } from './wallet.request';

@ApiTags('Wallet')
@Controller('app/v1/wallet')
export class AppWalletController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(CUSTOMER)
  @Endpoint({ summary: 'Pages the own benefits by expiry, with counts per state.', answer: ListWalletResponse })
  list(@Query() query: WalletQuery, @Caller() actor: Actor): Promise<ListWalletResponse> {
    return this.peers.benefits.listWallet(ListWalletRequest.fromPartial({ ...query, customerId: actor.id }));
  }

  @Get(':instanceId')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'One of the own benefits.', answer: GetInstanceResponse, reasons: ['INSTANCE_NOT_FOUND'] })
  get(@Param('instanceId', IdPipe) instanceId: string): Promise<GetInstanceResponse> {
    return this.peers.benefits.getInstance({ instanceId });
  }

  @Post(':instanceId/redemption-code')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'The rotating code that the phone shows at a till; ask again when it has expired.',
    answer: IssueRedemptionCodeResponse,
    reasons: ['INSTANCE_NOT_FOUND', 'INSTANCE_NOT_AVAILABLE'],
  })
  issueCode(
    @Param('instanceId', IdPipe) instanceId: string,
    @Body() _body: NoInput,
    @Caller() actor: Actor,
  ): Promise<IssueRedemptionCodeResponse> {
    const request = IssueRedemptionCodeRequest.fromPartial({ instanceId, customerId: actor.id });
    return this.peers.benefits.issueRedemptionCode(request);
  }
}
