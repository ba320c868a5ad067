import type * as rpc from '@tidegate/contracts/campaigns/v1/campaigns';
import { shown } from '../../http/shown';

export class NameListJob implements rpc.NameListJob {
  @shown.text('split, adjust, hand_down, push (of those whom an adjustment gave to others).') kind!: string;
  @shown.whole('Chunks of the list done, over all passes.') doneCount!: number;
  @shown.whole() totalCount!: number;
}

export class NameList implements rpc.NameList {
  @shown.text() listId!: string;
  @shown.text() strategyId!: string;
  @shown.text() name!: string;
  @shown.text() segmentId!: string;
  @shown.text('receiving, building, ready, handed_down, dispatched, closed, failed, cancelled.') state!: string;
  @shown.whole() memberCount!: number;
  @shown.whole() passedCount!: number;
  @shown.counts('Reason code → how many were screened out by it.') screenedCountByReason!: Record<string, number>;
  @shown.text() pushId!: string;
  @shown.text('Why it could not be built; of one that is ready, why it could not be split or dispatched the last time.')
  failureReason!: string;
  @shown.time() createdAt!: Date | undefined;
  @shown.text() orgPath!: string;
  @shown.text('segment, csv, hand_down.') source!: string;
  @shown.text('The list it was handed down from.') parentListId!: string;
  @shown.whole('Estimate of memberCount while it is built; 0 when not known.') expectedCount!: number;
  @shown.texts('Customer attributes by which people are matched.') relationAttributes!: string[];
  @shown.whole('Lines of its CSV file read.') lineCount!: number;
  @shown.whole() refusedLineCount!: number;
  @shown.part(() => NameListJob, 'What goes on in the background after the build.') job!: NameListJob | undefined;
  @shown.flag('Whether it is split to people.') isSplit!: boolean;
  @shown.whole('Passed members that somebody has.') placedCount!: number;
  @shown.text(
    'Reason code of what a build, or the push after an adjustment, waits for, to be tried again; empty while it goes on.',
  )
  waitingFor!: string;
}

export class CreateNameListResponse implements rpc.CreateNameListResponse {
  @shown.part(() => NameList) nameList!: NameList | undefined;
}

export class GetNameListResponse implements rpc.GetNameListResponse {
  @shown.part(() => NameList) nameList!: NameList | undefined;
}

export class ListNameListsResponse implements rpc.ListNameListsResponse {
  @shown.parts(() => NameList) nameLists!: NameList[];
  @shown.text() nextPageToken!: string;
}

export class DispatchNameListResponse implements rpc.DispatchNameListResponse {
  @shown.part(() => NameList) nameList!: NameList | undefined;
}

export class CancelNameListResponse implements rpc.CancelNameListResponse {
  @shown.part(() => NameList) nameList!: NameList | undefined;
}
