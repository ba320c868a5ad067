import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListWaitingLinesRequest } from '@tidegate/contracts/merchants/v1/settlement';
import type { Actor } from '@tidegate/observability';
import { Access, Caller } from '../../access/access.decorator';
import { MERCHANT } from '../../access/access-rules';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListWaitingLinesResponse } from '../../responses/merchants/statement.response';

@ApiTags('Settlement')
@Controller('merchant/v1/waiting-lines')
export class MerchantWaitingLinesController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(MERCHANT)
  @Endpoint({ summary: 'Pages what of the own waits for the next batch.', answer: ListWaitingLinesResponse })
  list(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListWaitingLinesResponse> {
    return this.peers.settlement.listWaitingLines(
      ListWaitingLinesRequest.fromPartial({ ...page, merchantId: actor.id }),
    );
  }
}
