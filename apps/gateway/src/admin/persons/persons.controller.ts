import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { LinkPersonResponse } from '../../responses/benefits/stock.response';
import { PersonBody } from '../stocks/stocks.request';

@ApiTags('Stocks')
@Controller('admin/v1/persons')
export class AdminPersonsController {
  constructor(private readonly peers: Peers) {}

  @Put(':customerId')
  @Access(ADMIN)
  @Endpoint({
    summary:
      'Says which natural person a customer id belongs to, for limits of benefits per person alone: visits, contacts, refusals and complaints follow joins of profiles.',
    answer: LinkPersonResponse,
    reasons: ['HEAD_OFFICE_ONLY'],
  })
  link(
    @Param('customerId', IdPipe) customerId: string,
    @Body() { personId }: PersonBody,
    @RequestId() requestId: string,
  ): Promise<LinkPersonResponse> {
    return this.peers.benefits.linkPerson({ requestId, customerId, personId });
  }
}
