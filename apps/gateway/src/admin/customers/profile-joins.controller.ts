import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListProfileJoinsRequest } from '@tidegate/contracts/customers/v1/customers';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  JoinProfilesResponse,
  ListProfileJoinsResponse,
  UndoProfileJoinResponse,
} from '../../responses/customers/profile-join.response';
import { JoinProfilesBody, UndoJoinBody } from './profile-joins.request';

@ApiTags('Customers')
@Controller('admin/v1/customers/:customerId/joins')
export class AdminProfileJoinsController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(ADMIN)
  @Endpoint({
    summary: 'Says that two profiles are of one natural person; the older one’s person key stays.',
    answer: JoinProfilesResponse,
    status: 201,
    reasons: ['CUSTOMER_NOT_FOUND', 'PROFILES_JOINED', 'PROFILES_TOO_MANY'],
  })
  join(
    @Param('customerId', IdPipe) customerId: string,
    @Body() body: JoinProfilesBody,
    @RequestId() requestId: string,
  ): Promise<JoinProfilesResponse> {
    return this.peers.customers.joinProfiles({ requestId, customerId, ...body });
  }

  @Post(':joinId/undo')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Undoes a join; of several that share profiles the last one first.',
    answer: UndoProfileJoinResponse,
    reasons: ['CUSTOMER_NOT_FOUND', 'PROFILE_JOIN_NOT_FOUND', 'PROFILE_JOIN_UNDONE', 'PROFILE_JOIN_SUPERSEDED'],
  })
  undo(
    @Param('customerId', IdPipe) customerId: string,
    @Param('joinId', IdPipe) joinId: string,
    @Body() { reason }: UndoJoinBody,
    @RequestId() requestId: string,
  ): Promise<UndoProfileJoinResponse> {
    return this.peers.customers.undoProfileJoin({ requestId, customerId, joinId, reason });
  }

  @Get()
  @Access(READER)
  @Endpoint({
    summary: 'The joins that named the customer: who, when and why; newest first.',
    answer: ListProfileJoinsResponse,
    reasons: ['CUSTOMER_NOT_FOUND'],
  })
  list(@Param('customerId', IdPipe) customerId: string, @Query() page: PageQuery): Promise<ListProfileJoinsResponse> {
    return this.peers.customers.listProfileJoins(ListProfileJoinsRequest.fromPartial({ ...page, customerId }));
  }
}
