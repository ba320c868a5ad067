import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/campaigns/v1/name_lists';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { toAdjustmentMessage, toSplitMessage } from './messages/list-split.message';
import { toMemberMessage, toNameListMessage } from './messages/name-list.message';
import { toTeamMessage } from './messages/team.message';
import { NameListStepInput } from './name-list-step.request';
import { AdjustNameListUseCase } from './use-cases/adjust-name-list/adjust-name-list.use-case';
import { AppendNameListContentInput } from './use-cases/append-name-list-content/append-name-list-content.request';
import { AppendNameListContentUseCase } from './use-cases/append-name-list-content/append-name-list-content.use-case';
import { CloseNameListUseCase } from './use-cases/close-name-list/close-name-list.use-case';
import { GetNameListMemberUseCase } from './use-cases/get-name-list-member/get-name-list-member.use-case';
import { GetNameListSplitUseCase } from './use-cases/get-name-list-split/get-name-list-split.use-case';
import { GetTeamUseCase } from './use-cases/get-team/get-team.use-case';
import { HandDownNameListInput } from './use-cases/hand-down-name-list/hand-down-name-list.request';
import { HandDownNameListUseCase } from './use-cases/hand-down-name-list/hand-down-name-list.use-case';
import { JudgePersonInput } from './use-cases/judge-person/judge-person.request';
import { JudgePersonUseCase } from './use-cases/judge-person/judge-person.use-case';
import { ListNameListAdjustmentsUseCase } from './use-cases/list-name-list-adjustments/list-name-list-adjustments.use-case';
import { ListNameListErrorsUseCase } from './use-cases/list-name-list-errors/list-name-list-errors.use-case';
import { ListTeamsUseCase } from './use-cases/list-teams/list-teams.use-case';
import { PutTeamInput } from './use-cases/put-team/put-team.request';
import { PutTeamUseCase } from './use-cases/put-team/put-team.use-case';
import { SplitNameListInput } from './use-cases/split-name-list/split-name-list.request';
import { SplitNameListUseCase } from './use-cases/split-name-list/split-name-list.use-case';

/** The inlets of name lists by the 5×5 method: validate, call, map. */
@GrpcController(rpc.NameListsServiceService)
export class NameListsController implements Handlers<typeof rpc.NameListsServiceService> {
  constructor(
    private readonly appendContent: AppendNameListContentUseCase,
    private readonly listErrors: ListNameListErrorsUseCase,
    private readonly getMember: GetNameListMemberUseCase,
    private readonly putTeamUseCase: PutTeamUseCase,
    private readonly getTeamUseCase: GetTeamUseCase,
    private readonly listTeamsUseCase: ListTeamsUseCase,
    private readonly judgePersonUseCase: JudgePersonUseCase,
    private readonly split: SplitNameListUseCase,
    private readonly getSplit: GetNameListSplitUseCase,
    private readonly handDown: HandDownNameListUseCase,
    private readonly adjust: AdjustNameListUseCase,
    private readonly listAdjustments: ListNameListAdjustmentsUseCase,
    private readonly close: CloseNameListUseCase,
  ) {}

  async appendNameListContent(
    request: rpc.AppendNameListContentRequest,
    metadata: Metadata,
  ): Promise<rpc.AppendNameListContentResponse> {
    const input = validated(AppendNameListContentInput, request);
    return { nameList: toNameListMessage(await this.appendContent.execute(actorOf(metadata), input)) };
  }

  async listNameListErrors(
    request: rpc.ListNameListErrorsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListNameListErrorsResponse> {
    return this.listErrors.execute(actorOf(metadata), request);
  }

  async getNameListMember(
    request: rpc.GetNameListMemberRequest,
    metadata: Metadata,
  ): Promise<rpc.GetNameListMemberResponse> {
    const member = await this.getMember.execute(actorOf(metadata), request.listId, request.customerId);
    return { member: toMemberMessage(member) };
  }

  async putTeam(request: rpc.PutTeamRequest, metadata: Metadata): Promise<rpc.PutTeamResponse> {
    const input = validated(PutTeamInput, request);
    return { team: toTeamMessage(await this.putTeamUseCase.execute(actorOf(metadata), input)) };
  }

  async getTeam(request: rpc.GetTeamRequest, metadata: Metadata): Promise<rpc.GetTeamResponse> {
    return { team: toTeamMessage(await this.getTeamUseCase.execute(actorOf(metadata), request.teamId)) };
  }

  async listTeams(request: rpc.ListTeamsRequest, metadata: Metadata): Promise<rpc.ListTeamsResponse> {
    const { teams, nextPageToken } = await this.listTeamsUseCase.execute(actorOf(metadata), request);
    return { teams: teams.map(toTeamMessage), nextPageToken };
  }

  async judgePerson(request: rpc.JudgePersonRequest, metadata: Metadata): Promise<rpc.JudgePersonResponse> {
    const input = validated(JudgePersonInput, request);
    return { team: toTeamMessage(await this.judgePersonUseCase.execute(actorOf(metadata), input)) };
  }

  async splitNameList(request: rpc.SplitNameListRequest, metadata: Metadata): Promise<rpc.SplitNameListResponse> {
    const input = validated(SplitNameListInput, request);
    return { nameList: toNameListMessage(await this.split.execute(actorOf(metadata), input)) };
  }

  async getNameListSplit(
    request: rpc.GetNameListSplitRequest,
    metadata: Metadata,
  ): Promise<rpc.GetNameListSplitResponse> {
    const { list, split } = await this.getSplit.execute(actorOf(metadata), request.listId);
    return { split: toSplitMessage(list, split) };
  }

  async handDownNameList(
    request: rpc.HandDownNameListRequest,
    metadata: Metadata,
  ): Promise<rpc.HandDownNameListResponse> {
    const input = validated(HandDownNameListInput, request);
    return { nameList: toNameListMessage(await this.handDown.execute(actorOf(metadata), input)) };
  }

  async adjustNameList(request: rpc.AdjustNameListRequest, metadata: Metadata): Promise<rpc.AdjustNameListResponse> {
    const input = validated(NameListStepInput, request);
    return { nameList: toNameListMessage(await this.adjust.execute(actorOf(metadata), input)) };
  }

  async listNameListAdjustments(
    request: rpc.ListNameListAdjustmentsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListNameListAdjustmentsResponse> {
    const { adjustments, nextPageToken } = await this.listAdjustments.execute(actorOf(metadata), request);
    return { adjustments: adjustments.map(toAdjustmentMessage), nextPageToken };
  }

  async closeNameList(request: rpc.CloseNameListRequest, metadata: Metadata): Promise<rpc.CloseNameListResponse> {
    const input = validated(NameListStepInput, request);
    return { nameList: toNameListMessage(await this.close.execute(actorOf(metadata), input)) };
  }
}
