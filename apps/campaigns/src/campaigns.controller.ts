import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/campaigns/v1/campaigns';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { newestOf, type Strategy } from './domain/strategy';
import { toActionMessage } from './messages/action.message';
import { toMemberMessage, toNameListMessage } from './name-lists/messages/name-list.message';
import { toStrategyMessage } from './messages/strategy.message';
import { StrategyStepInput } from './requests/strategy-step.request';
import { ApproveStrategyInput } from './use-cases/approve-strategy/approve-strategy.request';
import { ApproveStrategyUseCase } from './use-cases/approve-strategy/approve-strategy.use-case';
import { CancelNameListUseCase } from './name-lists/use-cases/cancel-name-list/cancel-name-list.use-case';
import { CreateNameListInput } from './name-lists/use-cases/create-name-list/create-name-list.request';
import { CreateNameListUseCase } from './name-lists/use-cases/create-name-list/create-name-list.use-case';
import { CreateStrategyInput } from './use-cases/create-strategy/create-strategy.request';
import { CreateStrategyUseCase } from './use-cases/create-strategy/create-strategy.use-case';
import { DiscardStrategyUseCase } from './use-cases/discard-strategy/discard-strategy.use-case';
import { DispatchNameListInput } from './name-lists/use-cases/dispatch-name-list/dispatch-name-list.request';
import { DispatchNameListUseCase } from './name-lists/use-cases/dispatch-name-list/dispatch-name-list.use-case';
import { GetActionUseCase } from './use-cases/get-action/get-action.use-case';
import { GetNameListUseCase } from './name-lists/use-cases/get-name-list/get-name-list.use-case';
import { GetScriptUseCase } from './use-cases/get-script/get-script.use-case';
import { GetStrategyUseCase } from './use-cases/get-strategy/get-strategy.use-case';
import { ListActionsUseCase } from './use-cases/list-actions/list-actions.use-case';
import { ListNameListMembersInput } from './name-lists/use-cases/list-name-list-members/list-name-list-members.request';
import { ListNameListMembersUseCase } from './name-lists/use-cases/list-name-list-members/list-name-list-members.use-case';
import { ListNameListsUseCase } from './name-lists/use-cases/list-name-lists/list-name-lists.use-case';
import { ListStrategiesInput } from './use-cases/list-strategies/list-strategies.request';
import { ListStrategiesUseCase } from './use-cases/list-strategies/list-strategies.use-case';
import { MoveStrategyInput } from './use-cases/move-strategy/move-strategy.request';
import { MoveStrategyUseCase } from './use-cases/move-strategy/move-strategy.use-case';
import { PutActionInput } from './use-cases/put-action/put-action.request';
import { PutActionUseCase } from './use-cases/put-action/put-action.use-case';
import { PutScriptInput } from './use-cases/put-script/put-script.request';
import { PutScriptUseCase } from './use-cases/put-script/put-script.use-case';
import { RejectStrategyInput } from './use-cases/reject-strategy/reject-strategy.request';
import { RejectStrategyUseCase } from './use-cases/reject-strategy/reject-strategy.use-case';
import { SubmitStrategyUseCase } from './use-cases/submit-strategy/submit-strategy.use-case';
import { UpdateStrategyInput } from './use-cases/update-strategy/update-strategy.request';
import { UpdateStrategyUseCase } from './use-cases/update-strategy/update-strategy.use-case';
import { WithdrawStrategyUseCase } from './use-cases/withdraw-strategy/withdraw-strategy.use-case';

type Rpcs = Handlers<typeof rpc.CampaignsServiceService>;

/** A strategy as its maker sees it after a step: the version that was worked on. */
const toNewest = (strategy: Strategy): rpc.Strategy => toStrategyMessage(strategy, newestOf(strategy));

/** Every gRPC inlet of the service: validate, call, map. */
@GrpcController(rpc.CampaignsServiceService)
export class CampaignsController implements Rpcs {
  constructor(
    private readonly putActionUseCase: PutActionUseCase,
    private readonly getActionUseCase: GetActionUseCase,
    private readonly listActionsUseCase: ListActionsUseCase,
    private readonly putScriptUseCase: PutScriptUseCase,
    private readonly getScriptUseCase: GetScriptUseCase,
    private readonly createStrategyUseCase: CreateStrategyUseCase,
    private readonly updateStrategyUseCase: UpdateStrategyUseCase,
    private readonly submitStrategyUseCase: SubmitStrategyUseCase,
    private readonly approveStrategyUseCase: ApproveStrategyUseCase,
    private readonly rejectStrategyUseCase: RejectStrategyUseCase,
    private readonly withdrawStrategyUseCase: WithdrawStrategyUseCase,
    private readonly discardStrategyUseCase: DiscardStrategyUseCase,
    private readonly moveStrategyUseCase: MoveStrategyUseCase,
    private readonly getStrategyUseCase: GetStrategyUseCase,
    private readonly listStrategiesUseCase: ListStrategiesUseCase,
    private readonly createNameListUseCase: CreateNameListUseCase,
    private readonly getNameListUseCase: GetNameListUseCase,
    private readonly listNameListsUseCase: ListNameListsUseCase,
    private readonly listNameListMembersUseCase: ListNameListMembersUseCase,
    private readonly dispatchNameListUseCase: DispatchNameListUseCase,
    private readonly cancelNameListUseCase: CancelNameListUseCase,
  ) {}

  async putAction(request: rpc.PutActionRequest, metadata: Metadata): Promise<rpc.PutActionResponse> {
    const action = await this.putActionUseCase.execute(actorOf(metadata), validated(PutActionInput, request));
    return { action: toActionMessage(action) };
  }

  async getAction(request: rpc.GetActionRequest, metadata: Metadata): Promise<rpc.GetActionResponse> {
    return { action: toActionMessage(await this.getActionUseCase.execute(actorOf(metadata), request.actionId)) };
  }

  async listActions(request: rpc.ListActionsRequest, metadata: Metadata): Promise<rpc.ListActionsResponse> {
    const { actions, nextPageToken } = await this.listActionsUseCase.execute(actorOf(metadata), request);
    return { actions: actions.map(toActionMessage), nextPageToken };
  }

  async putScript(request: rpc.PutScriptRequest, metadata: Metadata): Promise<rpc.PutScriptResponse> {
    return { script: await this.putScriptUseCase.execute(actorOf(metadata), validated(PutScriptInput, request)) };
  }

  async getScript(request: rpc.GetScriptRequest, metadata: Metadata): Promise<rpc.GetScriptResponse> {
    return { script: await this.getScriptUseCase.execute(actorOf(metadata), request.scriptId, request.version) };
  }

  async createStrategy(request: rpc.CreateStrategyRequest, metadata: Metadata): Promise<rpc.CreateStrategyResponse> {
    const input = validated(CreateStrategyInput, request);
    return { strategy: toNewest(await this.createStrategyUseCase.execute(actorOf(metadata), input)) };
  }

  async updateStrategy(request: rpc.UpdateStrategyRequest, metadata: Metadata): Promise<rpc.UpdateStrategyResponse> {
    const input = validated(UpdateStrategyInput, request);
    return { strategy: toNewest(await this.updateStrategyUseCase.execute(actorOf(metadata), input)) };
  }

  async submitStrategy(request: rpc.SubmitStrategyRequest, metadata: Metadata): Promise<rpc.SubmitStrategyResponse> {
    const input = validated(StrategyStepInput, request);
    return { strategy: toNewest(await this.submitStrategyUseCase.execute(actorOf(metadata), input)) };
  }

  async approveStrategy(request: rpc.ApproveStrategyRequest, metadata: Metadata): Promise<rpc.ApproveStrategyResponse> {
    const input = validated(ApproveStrategyInput, request);
    return { strategy: toNewest(await this.approveStrategyUseCase.execute(actorOf(metadata), input)) };
  }

  async rejectStrategy(request: rpc.RejectStrategyRequest, metadata: Metadata): Promise<rpc.RejectStrategyResponse> {
    const input = validated(RejectStrategyInput, request);
    return { strategy: toNewest(await this.rejectStrategyUseCase.execute(actorOf(metadata), input)) };
  }

  async withdrawStrategy(
    request: rpc.WithdrawStrategyRequest,
    metadata: Metadata,
  ): Promise<rpc.WithdrawStrategyResponse> {
    const input = validated(StrategyStepInput, request);
    return { strategy: toNewest(await this.withdrawStrategyUseCase.execute(actorOf(metadata), input)) };
  }

  async discardStrategy(request: rpc.DiscardStrategyRequest, metadata: Metadata): Promise<rpc.DiscardStrategyResponse> {
    const input = validated(StrategyStepInput, request);
    return { strategy: toNewest(await this.discardStrategyUseCase.execute(actorOf(metadata), input)) };
  }

  async moveStrategy(request: rpc.MoveStrategyRequest, metadata: Metadata): Promise<rpc.MoveStrategyResponse> {
    const input = validated(MoveStrategyInput, request);
    const { strategy, version } = await this.moveStrategyUseCase.execute(actorOf(metadata), input);
    return { strategy: toStrategyMessage(strategy, version) };
  }

  async getStrategy(request: rpc.GetStrategyRequest, metadata: Metadata): Promise<rpc.GetStrategyResponse> {
    const { strategyId, version: wanted } = request;
    const { strategy, version } = await this.getStrategyUseCase.execute(actorOf(metadata), strategyId, wanted);
    return { strategy: toStrategyMessage(strategy, version) };
  }

  async listStrategies(request: rpc.ListStrategiesRequest, metadata: Metadata): Promise<rpc.ListStrategiesResponse> {
    const input = validated(ListStrategiesInput, request);
    const { rows, nextPageToken } = await this.listStrategiesUseCase.execute(actorOf(metadata), input);
    return { strategies: rows.map(({ strategy, version }) => toStrategyMessage(strategy, version)), nextPageToken };
  }

  async createNameList(request: rpc.CreateNameListRequest, metadata: Metadata): Promise<rpc.CreateNameListResponse> {
    const input = validated(CreateNameListInput, request);
    return { nameList: toNameListMessage(await this.createNameListUseCase.execute(actorOf(metadata), input)) };
  }

  async getNameList(request: rpc.GetNameListRequest, metadata: Metadata): Promise<rpc.GetNameListResponse> {
    return { nameList: toNameListMessage(await this.getNameListUseCase.execute(actorOf(metadata), request.listId)) };
  }

  async listNameLists(request: rpc.ListNameListsRequest, metadata: Metadata): Promise<rpc.ListNameListsResponse> {
    const { lists, nextPageToken } = await this.listNameListsUseCase.execute(actorOf(metadata), request);
    return { nameLists: lists.map(toNameListMessage), nextPageToken };
  }

  async listNameListMembers(
    request: rpc.ListNameListMembersRequest,
    metadata: Metadata,
  ): Promise<rpc.ListNameListMembersResponse> {
    const input = validated(ListNameListMembersInput, request);
    const { members, nextPageToken } = await this.listNameListMembersUseCase.execute(actorOf(metadata), input);
    return { members: members.map(toMemberMessage), nextPageToken };
  }

  async dispatchNameList(
    request: rpc.DispatchNameListRequest,
    metadata: Metadata,
  ): Promise<rpc.DispatchNameListResponse> {
    const input = validated(DispatchNameListInput, request);
    return { nameList: toNameListMessage(await this.dispatchNameListUseCase.execute(actorOf(metadata), input)) };
  }

  async cancelNameList(request: rpc.CancelNameListRequest, metadata: Metadata): Promise<rpc.CancelNameListResponse> {
    return { nameList: toNameListMessage(await this.cancelNameListUseCase.execute(actorOf(metadata), request.listId)) };
  }
}
