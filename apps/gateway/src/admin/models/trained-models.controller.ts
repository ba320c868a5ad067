import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ListModelSlotsRequest,
  ListModelsRequest,
  RegisterRemoteModelRequest,
} from '@tidegate/contracts/arbitration/v1/models';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import {
  GetModelResponse,
  ListModelSlotsResponse,
  ListModelsResponse,
  RegisterRemoteModelResponse,
  TryModelResponse,
} from '../../responses/arbitration/models.response';
import { RemoteModelBody } from './models.request';

const TRIAL_REASONS = ['MODEL_ADDRESS_NOT_ALLOWED', 'MODEL_UNREACHABLE', 'MODEL_INVALID', 'MODEL_INPUTS_MISMATCH'];

/** Uploaded and registered models, their trials on real customers, and the slots that they may stand in. */
@ApiTags('Models')
@Controller('admin/v1')
export class AdminTrainedModelsController {
  constructor(private readonly peers: Peers) {}

  @Post('remote-models')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Registers a model served under the Open Inference Protocol v2: checked and tried on real customers.',
    answer: RegisterRemoteModelResponse,
    status: 201,
    reasons: TRIAL_REASONS,
  })
  register(@Body() body: RemoteModelBody, @RequestId() requestId: string): Promise<RegisterRemoteModelResponse> {
    const request = RegisterRemoteModelRequest.fromPartial({ requestId, ...body });
    return this.peers.models.registerRemoteModel(request, LONG);
  }

  @Get('models')
  @Access(READER)
  @Endpoint({ summary: 'Pages trained models in id order.', answer: ListModelsResponse })
  list(@Query() page: PageQuery): Promise<ListModelsResponse> {
    return this.peers.models.listModels(ListModelsRequest.fromPartial(page));
  }

  @Get('model-slots')
  @Access(READER)
  @Endpoint({
    summary:
      'Pages all slots by name, those that wait to be opened too, each with what waits in it for a second person.',
    answer: ListModelSlotsResponse,
  })
  slots(@Query() page: PageQuery): Promise<ListModelSlotsResponse> {
    return this.peers.models.listModelSlots(ListModelSlotsRequest.fromPartial(page));
  }

  @Get('models/:modelId')
  @Access(READER)
  @Endpoint({
    summary: 'A trained model with the scores and latency of its last trial.',
    answer: GetModelResponse,
    reasons: ['MODEL_NOT_FOUND'],
  })
  get(@Param('modelId', IdPipe) modelId: string): Promise<GetModelResponse> {
    return this.peers.models.getModel({ modelId });
  }

  @Post('models/:modelId/trials')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Runs a model once more on customers of today.',
    answer: TryModelResponse,
    reasons: ['MODEL_NOT_FOUND', ...TRIAL_REASONS],
  })
  try(
    @Param('modelId', IdPipe) modelId: string,
    @Body() _body: NoInput,
    @RequestId() requestId: string,
  ): Promise<TryModelResponse> {
    return this.peers.models.tryModel({ modelId, requestId }, LONG);
  }
}
