import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/benefits/v1/benefits';
import { actorOf, GrpcController, requireOrgScope, requireSelf, validated, type Handlers } from '@tidegate/grpc';
import { Clock } from '@tidegate/service';
import { ClaimBenefitInput } from './use-cases/claim-benefit/claim-benefit.request';
import { ClaimBenefitUseCase } from './use-cases/claim-benefit/claim-benefit.use-case';
import { CreateStockInput } from './use-cases/create-stock/create-stock.request';
import { CreateStockUseCase } from './use-cases/create-stock/create-stock.use-case';
import { GetInstanceUseCase } from './use-cases/get-instance/get-instance.use-case';
import { GetStockUseCase } from './use-cases/get-stock/get-stock.use-case';
import { ListStocksUseCase } from './use-cases/list-stocks/list-stocks.use-case';
import { ListWalletInput } from './use-cases/list-wallet/list-wallet.request';
import { ListWalletUseCase } from './use-cases/list-wallet/list-wallet.use-case';

type Rpcs = Handlers<typeof rpc.BenefitsServiceService>;

/** Every gRPC inlet of the service: validate, call, map. */
@GrpcController(rpc.BenefitsServiceService)
export class BenefitsController implements Rpcs {
  constructor(
    private readonly createStockUseCase: CreateStockUseCase,
    private readonly getStockUseCase: GetStockUseCase,
    private readonly listStocksUseCase: ListStocksUseCase,
    private readonly claimBenefitUseCase: ClaimBenefitUseCase,
    private readonly getInstanceUseCase: GetInstanceUseCase,
    private readonly listWalletUseCase: ListWalletUseCase,
    private readonly clock: Clock,
  ) {}

  async createStock(request: rpc.CreateStockRequest, metadata: Metadata): Promise<rpc.CreateStockResponse> {
    const input = validated(CreateStockInput, request);
    requireOrgScope(actorOf(metadata), input.stock.orgPath);
    return { stock: { ...(await this.createStockUseCase.execute(input)), claimedCount: 0 } };
  }

  async getStock(request: rpc.GetStockRequest): Promise<rpc.GetStockResponse> {
    const { stock, claimedCount } = await this.getStockUseCase.execute(request.stockId);
    return { stock: { ...stock, claimedCount } };
  }

  async listStocks(request: rpc.ListStocksRequest, metadata: Metadata): Promise<rpc.ListStocksResponse> {
    const { stocks, nextPageToken } = await this.listStocksUseCase.execute(actorOf(metadata), request);
    return { stocks: stocks.map(({ stock, claimedCount }) => ({ ...stock, claimedCount })), nextPageToken };
  }

  async claimBenefit(request: rpc.ClaimBenefitRequest, metadata: Metadata): Promise<rpc.ClaimBenefitResponse> {
    const input = validated(ClaimBenefitInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.claimBenefitUseCase.execute(input);
  }

  async getInstance(request: rpc.GetInstanceRequest, metadata: Metadata): Promise<rpc.GetInstanceResponse> {
    return { instance: await this.getInstanceUseCase.execute(request.instanceId, actorOf(metadata)) };
  }

  async listWallet(request: rpc.ListWalletRequest, metadata: Metadata): Promise<rpc.ListWalletResponse> {
    const input = validated(ListWalletInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return { ...(await this.listWalletUseCase.execute(input)), serverTime: this.clock.now() };
  }
}
