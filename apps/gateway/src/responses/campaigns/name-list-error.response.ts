import type * as rpc from '@tidegate/contracts/campaigns/v1/name_lists';
import { shown } from '../../http/shown';

export class NameListError implements rpc.NameListError {
  @shown.whole('In the file; the header is line 1.') line!: number;
  @shown.text() reason!: string;
  @shown.text() message!: string;
}

export class ListNameListErrorsResponse implements rpc.ListNameListErrorsResponse {
  @shown.parts(() => NameListError) errors!: NameListError[];
  @shown.text() nextPageToken!: string;
}
