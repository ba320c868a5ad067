import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/benefits/v1/gifts';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { CustomerPageInput } from '../definitions/definition.request';
import { requireHolder } from '../require-holder';
import { ListOpenGiftsUseCase } from '../use-cases/list-open-gifts/list-open-gifts.use-case';

/** Every gRPC inlet of gifts that are on their way: validate, call, map. */
@GrpcController(rpc.GiftsServiceService)
export class GiftsController implements Handlers<typeof rpc.GiftsServiceService> {
  constructor(private readonly listOpenGiftsUseCase: ListOpenGiftsUseCase) {}

  async listOpenGifts(request: rpc.ListOpenGiftsRequest, metadata: Metadata): Promise<rpc.ListOpenGiftsResponse> {
    const input = validated(CustomerPageInput, request);
    requireHolder(actorOf(metadata), input.customerId);
    return this.listOpenGiftsUseCase.execute(input);
  }
}
