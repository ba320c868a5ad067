import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ListModelMovesRequest,
  ProposeModelMoveRequest,
  ProposeSlotSettingsRequest,
} from '@tidegate/contracts/arbitration/v1/models';
import { Access, RequestId } from '../../access/access.decorator';
import { CHECKER, KEEPER, MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  GetLearningReportResponse,
  ListModelMovesResponse,
  ProposeModelMoveResponse,
  ProposeSlotSettingsResponse,
  RollBackModelSlotResponse,
  SettleModelMoveResponse,
} from '../../responses/arbitration/models.response';
import { ModelMoveBody, RollBackSlotBody, SettleMoveBody, SlotSettingsProposalBody } from './models.request';

const SETTLE_REASONS = ['MODEL_SLOT_NOT_FOUND', 'MODEL_MOVE_NOT_PENDING'];

/** Life of a model in its slot: shadow → challenger → champion → retired. */
@ApiTags('Models')
@Controller('admin/v1/model-slots/:slot')
export class AdminModelMovesController {
  constructor(private readonly peers: Peers) {}

  @Post('moves')
  @Access(MAKER)
  @Endpoint({
    summary: 'Proposes a move of a model; another person approves it.',
    answer: ProposeModelMoveResponse,
    status: 201,
    reasons: [
      'MODEL_SLOT_NOT_FOUND',
      'MODEL_NOT_FOUND',
      'MODEL_MOVE_NOT_ALLOWED',
      'MODEL_PLACE_TAKEN',
      'MODEL_MOVE_PENDING',
    ],
  })
  propose(
    @Param('slot', IdPipe) slot: string,
    @Body() body: ModelMoveBody,
    @RequestId() requestId: string,
  ): Promise<ProposeModelMoveResponse> {
    return this.peers.models.proposeModelMove(ProposeModelMoveRequest.fromPartial({ requestId, slot, ...body }));
  }

  @Post('settings')
  @Access(MAKER)
  @Endpoint({
    summary: 'Proposes other settings of an open slot; another person approves them as a move.',
    answer: ProposeSlotSettingsResponse,
    status: 201,
    reasons: ['MODEL_SLOT_NOT_FOUND', 'MODEL_SETTINGS_SAME', 'MODEL_MOVE_PENDING'],
  })
  proposeSettings(
    @Param('slot', IdPipe) slot: string,
    @Body() { settings, reason }: SlotSettingsProposalBody,
    @RequestId() requestId: string,
  ): Promise<ProposeSlotSettingsResponse> {
    const request = { requestId, slot, settings, reason };
    return this.peers.models.proposeSlotSettings(ProposeSlotSettingsRequest.fromPartial(request));
  }

  @Post('moves/:moveId/approve')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Approves the waiting move, which takes effect at once; nobody approves his own.',
    answer: SettleModelMoveResponse,
    reasons: [...SETTLE_REASONS, 'MODEL_MOVE_OWN', 'MODEL_MOVE_NOT_ALLOWED', 'MODEL_PLACE_TAKEN'],
  })
  approve(
    @Param('slot', IdPipe) slot: string,
    @Param('moveId', IdPipe) moveId: string,
    @Body() { note = '' }: SettleMoveBody,
    @RequestId() requestId: string,
  ): Promise<SettleModelMoveResponse> {
    return this.peers.models.settleModelMove({ requestId, slot, moveId, note, isApproved: true });
  }

  @Post('moves/:moveId/reject')
  @Access(KEEPER)
  @Endpoint({
    summary: 'Rejects the waiting move, or withdraws it when it is one’s own.',
    answer: SettleModelMoveResponse,
    reasons: SETTLE_REASONS,
  })
  reject(
    @Param('slot', IdPipe) slot: string,
    @Param('moveId', IdPipe) moveId: string,
    @Body() { note = '' }: SettleMoveBody,
    @RequestId() requestId: string,
  ): Promise<SettleModelMoveResponse> {
    return this.peers.models.settleModelMove({ requestId, slot, moveId, note, isApproved: false });
  }

  @Post('roll-back')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Puts the last champion of before back at once, without a second person.',
    answer: RollBackModelSlotResponse,
    reasons: ['MODEL_SLOT_NOT_FOUND', 'NO_FORMER_CHAMPION'],
  })
  rollBack(
    @Param('slot', IdPipe) slot: string,
    @Body() { reason }: RollBackSlotBody,
    @RequestId() requestId: string,
  ): Promise<RollBackModelSlotResponse> {
    return this.peers.models.rollBackModelSlot({ requestId, slot, reason });
  }

  @Get('moves')
  @Access(READER)
  @Endpoint({
    summary: 'What was ever changed in the slot, by whom and why; newest first.',
    answer: ListModelMovesResponse,
  })
  moves(@Param('slot', IdPipe) slot: string, @Query() page: PageQuery): Promise<ListModelMovesResponse> {
    return this.peers.models.listModelMoves(ListModelMovesRequest.fromPartial({ slot, ...page }));
  }

  @Get('learning')
  @Access(READER)
  @Endpoint({
    summary: 'What the adaptive model has learnt of each action and channel, and how well it foresaw over time.',
    answer: GetLearningReportResponse,
    reasons: ['MODEL_SLOT_NOT_FOUND', 'MODEL_DOES_NOT_LEARN'],
  })
  learning(@Param('slot', IdPipe) slot: string): Promise<GetLearningReportResponse> {
    return this.peers.models.getLearningReport({ slot });
  }
}
