import type * as rpc from '@tidegate/contracts/campaigns/v1/campaigns';
import { jobProgress } from '../domain/list-job';
import type { MemberView } from '../domain/member-view';
import { waitingForOf, type ListJob, type NameList } from '../domain/name-list';

export function toNameListMessage(list: NameList): rpc.NameList {
  const {
    build,
    upload,
    job,
    dispatch: _dispatch,
    abandonedCount: _abandonedCount,
    dispatchedAt: _dispatchedAt,
    nextAdjustmentAt: _next,
    ...fields
  } = list;
  return {
    ...fields,
    lineCount: upload?.lineCount ?? 0,
    refusedLineCount: upload?.refusedCount ?? 0,
    waitingFor: waitingForOf(list),
    job: job ? toJobMessage(job, build.chunkCount) : undefined,
  };
}

const toJobMessage = (job: ListJob, chunkCount: number): rpc.NameListJob => ({
  kind: job.kind,
  ...jobProgress(job, chunkCount),
});

export const toMemberMessage = (member: MemberView): rpc.NameListMember => ({
  ...member,
  isPassed: member.reason === '',
});
