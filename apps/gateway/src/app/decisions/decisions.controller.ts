import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { OwnDecisionQuery } from './decisions.request';
import { OwnDecisionAnswer } from './own-decision.response';

@ApiTags('Next best actions')
@Controller('app/v1/decisions')
export class AppDecisionsController {
  constructor(private readonly peers: Peers) {}

  @Get(':decisionId')
  @Access(CUSTOMER)
  @Endpoint({
    summary:
      'Why the customer sees what was decided, which rules it was made by and how to switch it off, in words. Own decisions only.',
    answer: OwnDecisionAnswer,
    reasons: ['DECISION_NOT_FOUND'],
  })
  explain(
    @Param('decisionId', IdPipe) decisionId: string,
    @Query() { language = 'zh' }: OwnDecisionQuery,
  ): Promise<OwnDecisionAnswer> {
    return this.peers.arbitration.explainDecision({ decisionId, language });
  }
}
