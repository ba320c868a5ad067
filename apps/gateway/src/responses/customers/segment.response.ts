import type * as rpc from '@tidegate/contracts/customers/v1/customers';
import { shown } from '../../http/shown';

export class SegmentAuthor implements rpc.SegmentAuthor {
  @shown.text() actorId!: string;
  @shown.whole('The newest version of theirs.') version!: number;
}

export class Segment implements rpc.Segment {
  @shown.text() segmentId!: string;
  @shown.text() name!: string;
  @shown.json('A rule in the syntax of docs/rules.md.') rule!: Record<string, unknown> | undefined;
  @shown.text() orgPath!: string;
  @shown.whole() version!: number;
  @shown.time() updatedAt!: Date | undefined;
  @shown.parts(() => SegmentAuthor, 'Everybody who wrote it: makers of each strategy that it comes with.')
  authors!: SegmentAuthor[];
}

export class PutSegmentResponse implements rpc.PutSegmentResponse {
  @shown.part(() => Segment) segment!: Segment | undefined;
}

export class GetSegmentResponse implements rpc.GetSegmentResponse {
  @shown.part(() => Segment) segment!: Segment | undefined;
}

export class ListSegmentsResponse implements rpc.ListSegmentsResponse {
  @shown.parts(() => Segment) segments!: Segment[];
  @shown.text() nextPageToken!: string;
}

export class PreviewSegmentResponse implements rpc.PreviewSegmentResponse {
  @shown.whole() count!: number;
  @shown.texts() sampleCustomerIds!: string[];
  @shown.decimal() tookMs!: number;
}
