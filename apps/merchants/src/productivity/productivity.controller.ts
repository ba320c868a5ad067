import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/merchants/v1/productivity';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { PageInput } from '../page.request';
import type { RankedRow } from './domain/league-table';
import { ListProductivityInput, PutCircleInput } from './productivity.request';
import { ListCirclesUseCase } from './use-cases/list-circles/list-circles.use-case';
import { ListProductivityUseCase } from './use-cases/list-productivity/list-productivity.use-case';
import { PutCircleUseCase } from './use-cases/put-circle/put-circle.use-case';

type Rpcs = Handlers<typeof rpc.ProductivityServiceService>;

/** Every gRPC inlet of productivity: validate, call, map. */
@GrpcController(rpc.ProductivityServiceService)
export class ProductivityController implements Rpcs {
  constructor(
    private readonly putCircleUseCase: PutCircleUseCase,
    private readonly listCirclesUseCase: ListCirclesUseCase,
    private readonly listProductivityUseCase: ListProductivityUseCase,
  ) {}

  async putCircle(request: rpc.PutCircleRequest, metadata: Metadata): Promise<rpc.PutCircleResponse> {
    return { circle: await this.putCircleUseCase.execute(validated(PutCircleInput, request), actorOf(metadata)) };
  }

  async listCircles(request: rpc.ListCirclesRequest, metadata: Metadata): Promise<rpc.ListCirclesResponse> {
    return this.listCirclesUseCase.execute(validated(PageInput, request), actorOf(metadata));
  }

  async listProductivity(
    request: rpc.ListProductivityRequest,
    metadata: Metadata,
  ): Promise<rpc.ListProductivityResponse> {
    const input = validated(ListProductivityInput, request);
    const { rows, ...table } = await this.listProductivityUseCase.execute(input, actorOf(metadata));
    return { ...table, rows: rows.map(toMessage) };
  }
}

const toMessage = ({ month: _month, kind: _kind, orgPath: _orgPath, ...row }: RankedRow): rpc.ProductivityRow => row;
