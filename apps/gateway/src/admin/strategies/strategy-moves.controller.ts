import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApproveStrategyRequest,
  DiscardStrategyRequest,
  MoveStrategyRequest,
  RejectStrategyRequest,
  SubmitStrategyRequest,
  WithdrawStrategyRequest,
} from '@tidegate/contracts/campaigns/v1/campaigns';
import { Access, RequestId } from '../../access/access.decorator';
import { CHECKER, KEEPER, MAKER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import {
  ApproveStrategyResponse,
  DiscardStrategyResponse,
  MoveStrategyResponse,
  RejectStrategyResponse,
  SubmitStrategyResponse,
  WithdrawStrategyResponse,
} from '../../responses/campaigns/strategy-answer.response';
import { ApproveBody, MoveBody, RejectBody } from './strategies.request';

const MOVE_REASONS = ['STRATEGY_NOT_FOUND', 'STRATEGY_MOVE_NOT_ALLOWED'];
const REVIEW_REASONS = [...MOVE_REASONS, 'APPROVER_IS_MAKER'];

@ApiTags('Strategies')
@Controller('admin/v1/strategies/:strategyId')
export class AdminStrategyMovesController {
  constructor(private readonly peers: Peers) {}

  @Post('submit')
  @Access(MAKER)
  @Endpoint({
    summary: 'Draft → in review.',
    answer: SubmitStrategyResponse,
    reasons: [...MOVE_REASONS, 'STRATEGY_INCOMPLETE'],
  })
  submit(
    @Param('strategyId', IdPipe) strategyId: string,
    @Body() _body: NoInput,
    @RequestId() requestId: string,
  ): Promise<SubmitStrategyResponse> {
    return this.peers.campaigns.submitStrategy(SubmitStrategyRequest.fromPartial({ requestId, strategyId }), LONG);
  }

  @Post('approve')
  @Access(CHECKER)
  @Endpoint({
    summary:
      'In review → published (paused where the live version is) as it was read, by a person 复核 who made none of the change.',
    answer: ApproveStrategyResponse,
    reasons: [...REVIEW_REASONS, 'STRATEGY_INCOMPLETE', 'STRATEGY_CHANGED_IN_REVIEW', 'VERSION_CONFLICT'],
  })
  approve(
    @Param('strategyId', IdPipe) strategyId: string,
    @Body() body: ApproveBody,
    @RequestId() requestId: string,
  ): Promise<ApproveStrategyResponse> {
    const request = ApproveStrategyRequest.fromPartial({ ...body, requestId, strategyId });
    return this.peers.campaigns.approveStrategy(request, LONG);
  }

  @Post('reject')
  @Access(CHECKER)
  @Endpoint({ summary: 'In review → draft, with a comment.', answer: RejectStrategyResponse, reasons: REVIEW_REASONS })
  reject(
    @Param('strategyId', IdPipe) strategyId: string,
    @Body() { comment }: RejectBody,
    @RequestId() requestId: string,
  ): Promise<RejectStrategyResponse> {
    return this.peers.campaigns.rejectStrategy(RejectStrategyRequest.fromPartial({ requestId, strategyId, comment }));
  }

  @Post('withdraw')
  @Access(MAKER)
  @Endpoint({
    summary: 'In review → draft, by a maker: the submission is taken back.',
    answer: WithdrawStrategyResponse,
    reasons: [...MOVE_REASONS, 'DUTY_NOT_HELD'],
  })
  withdraw(
    @Param('strategyId', IdPipe) strategyId: string,
    @Body() _body: NoInput,
    @RequestId() requestId: string,
  ): Promise<WithdrawStrategyResponse> {
    return this.peers.campaigns.withdrawStrategy(WithdrawStrategyRequest.fromPartial({ requestId, strategyId }));
  }

  @Post('discard')
  @Access(MAKER)
  @Endpoint({
    summary: 'Gives up a draft, also in review: what is live stays, a strategy that never was live is retired.',
    answer: DiscardStrategyResponse,
    reasons: [...MOVE_REASONS, 'DUTY_NOT_HELD'],
  })
  discard(
    @Param('strategyId', IdPipe) strategyId: string,
    @Body() _body: NoInput,
    @RequestId() requestId: string,
  ): Promise<DiscardStrategyResponse> {
    return this.peers.campaigns.discardStrategy(DiscardStrategyRequest.fromPartial({ requestId, strategyId }));
  }

  @Post('move')
  @Access(KEEPER)
  @Endpoint({
    summary: 'Pauses or retires a published strategy; a checker resumes it, when it could be published today.',
    answer: MoveStrategyResponse,
    reasons: [...MOVE_REASONS, 'STRATEGY_INCOMPLETE', 'VERSION_CONFLICT', 'DUTY_NOT_HELD'],
  })
  move(
    @Param('strategyId', IdPipe) strategyId: string,
    @Body() { move }: MoveBody,
    @RequestId() requestId: string,
  ): Promise<MoveStrategyResponse> {
    return this.peers.campaigns.moveStrategy(MoveStrategyRequest.fromPartial({ requestId, strategyId, move }), LONG);
  }
}
