import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/benefits/v1/points';
import { DomainError } from '@tidegate/errors';
import { actorOf, GrpcController, requireSelf, validated, type Handlers } from '@tidegate/grpc';
import { CustomerPageInput, MoveDefinitionInput, PageInput } from '../definitions/definition.request';
import type { CardTransaction } from './domain/points-rule';
import { PointsRules } from './points-rules';
import { CreatePointsRuleInput } from './use-cases/create-points-rule/create-points-rule.request';
import { EarnPointsInput } from './use-cases/earn-points/earn-points.request';
import { EarnPointsUseCase } from './use-cases/earn-points/earn-points.use-case';
import { GetPointsBalanceUseCase } from './use-cases/get-points-balance/get-points-balance.use-case';
import { ListPointsEntriesUseCase } from './use-cases/list-points-entries/list-points-entries.use-case';

/** Every gRPC inlet of points: validate, call, map. */
@GrpcController(rpc.PointsServiceService)
export class PointsController implements Handlers<typeof rpc.PointsServiceService> {
  constructor(
    private readonly rules: PointsRules,
    private readonly earnPointsUseCase: EarnPointsUseCase,
    private readonly getPointsBalanceUseCase: GetPointsBalanceUseCase,
    private readonly listPointsEntriesUseCase: ListPointsEntriesUseCase,
  ) {}

  async createPointsRule(
    request: rpc.CreatePointsRuleRequest,
    metadata: Metadata,
  ): Promise<rpc.CreatePointsRuleResponse> {
    const { requestId, rule } = validated(CreatePointsRuleInput, request);
    return { rule: await this.rules.create(actorOf(metadata), requestId, rule) };
  }

  async movePointsRule(request: rpc.MovePointsRuleRequest, metadata: Metadata): Promise<rpc.MovePointsRuleResponse> {
    return { rule: await this.rules.move(actorOf(metadata), validated(MoveDefinitionInput, request)) };
  }

  async listPointsRules(request: rpc.ListPointsRulesRequest, metadata: Metadata): Promise<rpc.ListPointsRulesResponse> {
    const { items, nextPageToken } = await this.rules.list(actorOf(metadata), validated(PageInput, request));
    return { rules: items, nextPageToken };
  }

  async earnPoints(request: rpc.EarnPointsRequest): Promise<rpc.EarnPointsResponse> {
    const { transactions } = validated(EarnPointsInput, request);
    return { results: await Promise.all(transactions.map((transaction) => this.earnOne(transaction))) };
  }

  async getPointsBalance(
    request: rpc.GetPointsBalanceRequest,
    metadata: Metadata,
  ): Promise<rpc.GetPointsBalanceResponse> {
    requireSelf(actorOf(metadata), request.customerId);
    return this.getPointsBalanceUseCase.execute(request.customerId);
  }

  async listPointsEntries(
    request: rpc.ListPointsEntriesRequest,
    metadata: Metadata,
  ): Promise<rpc.ListPointsEntriesResponse> {
    const input = validated(CustomerPageInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.listPointsEntriesUseCase.execute(input);
  }

  /** One refused transaction is an answer, not the end of the call; whatever else failed is. */
  private async earnOne(transaction: CardTransaction): Promise<rpc.EarnResult> {
    try {
      return { ...(await this.earnPointsUseCase.execute(transaction)), reason: '' };
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'ALREADY_EXISTS') throw error;
      return { entry: undefined, isRepeat: false, reason: error.reason };
    }
  }
}
