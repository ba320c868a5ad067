import type * as rpc from '@tidegate/contracts/campaigns/v1/campaigns';
import { shown } from '../../http/shown';

export class NameList implements rpc.NameList {
  @shown.text() listId!: string;
  @shown.text() strategyId!: string;
  @shown.text() name!: string;
  @shown.text() segmentId!: string;
  @shown.text('building, ready, dispatched, failed, cancelled.') state!: string;
  @shown.whole() memberCount!: number;
  @shown.whole() passedCount!: number;
  @shown.counts('Reason code → how many were screened out by it.') screenedCountByReason!: Record<string, number>;
  @shown.text() pushId!: string;
  @shown.text() failureReason!: string;
  @shown.time() createdAt!: Date | undefined;
  @shown.text() orgPath!: string;
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
