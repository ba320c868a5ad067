import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListDecisionsRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import { Access } from '../../access/access.decorator';
import { READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { GetDecisionResponse, ListDecisionsResponse } from '../../responses/arbitration/decision.response';
import { DecisionQuery, DecisionsQuery } from './decisions.request';

@ApiTags('Decisions')
@Controller('admin/v1/decisions')
export class AdminDecisionsController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages a customer’s decisions, newest first.', answer: ListDecisionsResponse })
  list(@Query() query: DecisionsQuery): Promise<ListDecisionsResponse> {
    return this.peers.arbitration.listDecisions(ListDecisionsRequest.fromPartial(query));
  }

  @Get(':decisionId')
  @Access(READER)
  @Endpoint({
    summary: 'A decision with its funnel, factors, inputs and reason codes, in words when a language is named.',
    answer: GetDecisionResponse,
    reasons: ['DECISION_NOT_FOUND'],
  })
  get(
    @Param('decisionId', IdPipe) decisionId: string,
    @Query() { language }: DecisionQuery,
  ): Promise<GetDecisionResponse> {
    return this.peers.arbitration.getDecision({ decisionId, language });
  }
}
