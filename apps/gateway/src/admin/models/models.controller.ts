import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PutModelSlotRequest, UploadOnnxModelRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import {
  GetModelSlotResponse,
  PutModelSlotResponse,
  UploadOnnxModelResponse,
} from '../../responses/arbitration/model-slot.response';
import { ModelSlotBody, OnnxModelBody } from './models.request';

const UPLOAD_BYTES_MAX = 6 * 1024 * 1024;

@ApiTags('Models')
@Controller('admin/v1')
export class AdminModelsController {
  constructor(private readonly peers: Peers) {}

  @Put('model-slots/:slot')
  @Access(MAKER)
  @Endpoint({
    summary:
      'Proposes to open a slot with its first champion, settings and shadow; it opens when another person approves the waiting move.',
    answer: PutModelSlotResponse,
    reasons: ['MODEL_NOT_FOUND', 'MODEL_MOVE_PENDING', 'MODEL_MOVE_NEEDED'],
  })
  put(
    @Param('slot', IdPipe) slot: string,
    @Body() body: ModelSlotBody,
    @RequestId() requestId: string,
  ): Promise<PutModelSlotResponse> {
    return this.peers.arbitration.putModelSlot(PutModelSlotRequest.fromPartial({ requestId, slot: { ...body, slot } }));
  }

  @Get('model-slots/:slot')
  @Access(READER)
  @Endpoint({
    summary: 'Configuration, and what the models have learnt.',
    answer: GetModelSlotResponse,
    reasons: ['MODEL_SLOT_NOT_FOUND'],
  })
  get(@Param('slot', IdPipe) slot: string): Promise<GetModelSlotResponse> {
    return this.peers.arbitration.getModelSlot({ slot });
  }

  @Post('onnx-models')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Uploads an ONNX model: its inputs are checked and it is run once.',
    answer: UploadOnnxModelResponse,
    status: 201,
    bodyBytesMax: UPLOAD_BYTES_MAX,
    reasons: ['MODEL_INVALID', 'MODEL_INPUTS_MISMATCH'],
  })
  upload(@Body() body: OnnxModelBody, @RequestId() requestId: string): Promise<UploadOnnxModelResponse> {
    const { name, contentBase64, inputSpec } = body;
    const content = Buffer.from(contentBase64, 'base64');
    const request = UploadOnnxModelRequest.fromPartial({ requestId, name, content, inputSpec });
    return this.peers.arbitration.uploadOnnxModel(request, LONG);
  }
}
