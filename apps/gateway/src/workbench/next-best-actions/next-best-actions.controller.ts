import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DecideRequest, RecordOutcomeRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import { Access, RequestId } from '../../access/access.decorator';
import { AGENT } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { DecideResponse, RecordOutcomeResponse } from '../../responses/arbitration/decision.response';
import { DeskActionsRequest, TalkOutcomeRequest } from './next-best-actions.request';

@ApiTags('Next best actions')
@Controller('workbench/v1')
export class WorkbenchNextBestActionsController {
  constructor(private readonly peers: Peers) {}

  @Post('customers/:customerId/next-best-actions')
  @Access(AGENT)
  @Endpoint({
    summary: 'Decides what to offer this customer now.',
    answer: DecideResponse,
    reasons: ['CUSTOMER_UNKNOWN'],
  })
  decide(
    @Param('customerId', IdPipe) customerId: string,
    @Body() { channel, maxActions = 1, isCommitted = true, isNonPersonalised, context }: DeskActionsRequest,
    @RequestId() requestId: string,
  ): Promise<DecideResponse> {
    const what = { maxActions, isCommitted, isNonPersonalised, context };
    const request = { requestId, customerId, channels: [channel], ...what };
    return this.peers.arbitration.decide(DecideRequest.fromPartial(request));
  }

  @Post('decisions/:decisionId/outcomes')
  @Access(AGENT)
  @Endpoint({
    summary: 'Tells what came of an offered action.',
    answer: RecordOutcomeResponse,
    reasons: ['DECISION_NOT_FOUND'],
  })
  recordOutcome(
    @Param('decisionId', IdPipe) decisionId: string,
    @Body() body: TalkOutcomeRequest,
    @RequestId() requestId: string,
  ): Promise<RecordOutcomeResponse> {
    const request = RecordOutcomeRequest.fromPartial({ ...body, requestId, decisionId });
    return this.peers.arbitration.recordOutcome(request);
  }
}
