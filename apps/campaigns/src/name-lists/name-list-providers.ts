import type { Provider } from '@nestjs/common';
import { FieldCipher } from '@tidegate/encryption';
import { HandDownJob } from './jobs/hand-down-job';
import { SplitJob } from './jobs/split-job';
import { MemberReader } from './members/member-reader';
import { NameListWorker } from './name-list.worker';
import { NameListsConsumer } from './name-lists.consumer';
import { PushHandOver } from './peers/push-hand-over';
import { StrategyLiveness } from './peers/strategy-liveness';
import { ListFileRepository } from './repositories/list-file.repository';
import { ListSplitRepository } from './repositories/list-split.repository';
import { ListTouchRepository } from './repositories/list-touch.repository';
import { ListUploadRepository } from './repositories/list-upload.repository';
import { NameListChunkRepository } from './repositories/name-list-chunk.repository';
import { NameListRepository } from './repositories/name-list.repository';
import { TeamRepository } from './repositories/team.repository';
import { SegmentSource } from './sources/segment-source';
import { UploadSource } from './sources/upload-source';
import { AdjustDueListsUseCase } from './use-cases/adjust-due-lists/adjust-due-lists.use-case';
import { AdjustNameListUseCase } from './use-cases/adjust-name-list/adjust-name-list.use-case';
import { AppendNameListContentUseCase } from './use-cases/append-name-list-content/append-name-list-content.use-case';
import { BuildNameListUseCase } from './use-cases/build-name-list/build-name-list.use-case';
import { CancelNameListUseCase } from './use-cases/cancel-name-list/cancel-name-list.use-case';
import { CloseNameListUseCase } from './use-cases/close-name-list/close-name-list.use-case';
import { CreateNameListUseCase } from './use-cases/create-name-list/create-name-list.use-case';
import { DispatchNameListUseCase } from './use-cases/dispatch-name-list/dispatch-name-list.use-case';
import { GetNameListMemberUseCase } from './use-cases/get-name-list-member/get-name-list-member.use-case';
import { GetNameListSplitUseCase } from './use-cases/get-name-list-split/get-name-list-split.use-case';
import { GetNameListUseCase } from './use-cases/get-name-list/get-name-list.use-case';
import { GetTeamUseCase } from './use-cases/get-team/get-team.use-case';
import { HandDownNameListUseCase } from './use-cases/hand-down-name-list/hand-down-name-list.use-case';
import { JudgePersonUseCase } from './use-cases/judge-person/judge-person.use-case';
import { ListNameListAdjustmentsUseCase } from './use-cases/list-name-list-adjustments/list-name-list-adjustments.use-case';
import { ListNameListErrorsUseCase } from './use-cases/list-name-list-errors/list-name-list-errors.use-case';
import { ListNameListMembersUseCase } from './use-cases/list-name-list-members/list-name-list-members.use-case';
import { ListNameListsUseCase } from './use-cases/list-name-lists/list-name-lists.use-case';
import { ListTeamsUseCase } from './use-cases/list-teams/list-teams.use-case';
import { PutTeamUseCase } from './use-cases/put-team/put-team.use-case';
import { ReadUploadUseCase } from './use-cases/read-upload/read-upload.use-case';
import { RecordTouchesUseCase } from './use-cases/record-touches/record-touches.use-case';
import { RunListJobUseCase } from './use-cases/run-list-job/run-list-job.use-case';
import { SplitNameListUseCase } from './use-cases/split-name-list/split-name-list.use-case';

/** Everything of the feature but its inlets. */
export const NAME_LIST_PROVIDERS: Provider[] = [
  FieldCipher,
  ListFileRepository,
  ListSplitRepository,
  ListTouchRepository,
  ListUploadRepository,
  NameListChunkRepository,
  NameListRepository,
  TeamRepository,
  SegmentSource,
  UploadSource,
  MemberReader,
  PushHandOver,
  StrategyLiveness,
  HandDownJob,
  SplitJob,
  AdjustDueListsUseCase,
  AdjustNameListUseCase,
  AppendNameListContentUseCase,
  BuildNameListUseCase,
  CancelNameListUseCase,
  CloseNameListUseCase,
  CreateNameListUseCase,
  DispatchNameListUseCase,
  GetNameListMemberUseCase,
  GetNameListSplitUseCase,
  GetNameListUseCase,
  GetTeamUseCase,
  HandDownNameListUseCase,
  JudgePersonUseCase,
  ListNameListAdjustmentsUseCase,
  ListNameListErrorsUseCase,
  ListNameListMembersUseCase,
  ListNameListsUseCase,
  ListTeamsUseCase,
  PutTeamUseCase,
  ReadUploadUseCase,
  RecordTouchesUseCase,
  RunListJobUseCase,
  SplitNameListUseCase,
  NameListWorker,
  NameListsConsumer,
];
