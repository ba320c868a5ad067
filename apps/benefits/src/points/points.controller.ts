import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/benefits/v1/points';
import { DomainError, type ErrorCode } from '@tidegate/errors';
import { actorOf, GrpcController, requireHeadOffice, requireSelf, validated, type Handlers } from '@tidegate/grpc';
import { CustomerPageInput, MoveDefinitionInput, PageInput } from '../definitions/definition.request';
import type { PointsEntry } from './domain/points-entry';
import type { CardTransaction } from './domain/points-rule';
import type { PointsReversal } from './domain/reversing';
import { PointsRules } from './points-rules';
import { shownEntry } from './shown-entry';
import { CreatePointsRuleInput } from './use-cases/create-points-rule/create-points-rule.request';
import { EarnPointsInput } from './use-cases/earn-points/earn-points.request';
import { EarnPointsUseCase } from './use-cases/earn-points/earn-points.use-case';
import { GetPointsBalanceUseCase } from './use-cases/get-points-balance/get-points-balance.use-case';
import { ListPointsEntriesUseCase } from './use-cases/list-points-entries/list-points-entries.use-case';
import { ReversePointsInput } from './use-cases/reverse-points/reverse-points.request';
import { ReversePointsUseCase } from './use-cases/reverse-points/reverse-points.use-case';

/** Every gRPC inlet of points: validate, call, map. */
@GrpcController(rpc.PointsServiceService)
export class PointsController implements Handlers<typeof rpc.PointsServiceService> {
  constructor(
    private readonly rules: PointsRules,
    private readonly earnPointsUseCase: EarnPointsUseCase,
    private readonly reversePointsUseCase: ReversePointsUseCase,
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

  async reversePoints(request: rpc.ReversePointsRequest, metadata: Metadata): Promise<rpc.ReversePointsResponse> {
    const { reversals } = validated(ReversePointsInput, request);
    const actor = actorOf(metadata);
    requireHeadOffice(actor);
    const all = reversals.map((reversal) => this.reverseOne({ ...reversal, actorId: actor.id }));
    return { results: await Promise.all(all) };
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
    const actor = actorOf(metadata);
    requireSelf(actor, input.customerId);
    const { entries, nextPageToken } = await this.listPointsEntriesUseCase.execute(input);
    return { entries: entries.map((entry) => shownEntry(entry, actor)), nextPageToken };
  }

  private earnOne(transaction: CardTransaction): Promise<rpc.EarnResult> {
    return answered(this.earnPointsUseCase.execute(transaction), 'ALREADY_EXISTS');
  }

  private reverseOne(reversal: PointsReversal): Promise<rpc.ReverseResult> {
    return answered(this.reversePointsUseCase.execute(reversal), 'NOT_FOUND');
  }
}

/** One transaction that is refused in this way is an answer, not the end of the call; whatever else failed is. */
async function answered(done: Promise<{ entry: PointsEntry; isRepeat: boolean }>, refusal: ErrorCode) {
  try {
    const { entry, isRepeat } = await done;
    return { entry: shownEntry(entry), isRepeat, reason: '' };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== refusal) throw error;
    return { entry: undefined, isRepeat: false, reason: error.reason };
  }
}
