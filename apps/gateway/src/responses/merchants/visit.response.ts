import type * as rpc from '@tidegate/contracts/merchants/v1/traffic';
import { shown } from '../../http/shown';
import { VisitGoal } from './traffic.response';

export class IssueAttributionTokenResponse implements rpc.IssueAttributionTokenResponse {
  @shown.text('Shown as a QR code.') token!: string;
  @shown.time() expiresAt!: Date | undefined;
}

export class Visit implements rpc.Visit {
  @shown.text() visitId!: string;
  @shown.text() planId!: string;
  @shown.text() direction!: string;
  @shown.text() customerId!: string;
  @shown.text('Where the customer came from: "app", a store or an outlet’s path.') sourceId!: string;
  @shown.text('Where the customer came.') placeId!: string;
  @shown.text() merchantId!: string;
  @shown.text() clerkId!: string;
  @shown.time() visitedAt!: Date | undefined;
  @shown.text() businessDate!: string;
}

export class RecordVisitResponse implements rpc.RecordVisitResponse {
  @shown.part(() => Visit) visit!: Visit | undefined;
  @shown.flag('False: counted here today already.') isCounted!: boolean;
  @shown.texts() reachedGoalIds!: string[];
  @shown.whole('What it earned the merchant, or the bank when the merchant is the payer.') subsidyMinor!: number;
  @shown.text() currency!: string;
  @shown.text('bank or merchant.') payer!: string;
}

export class ListVisitsResponse implements rpc.ListVisitsResponse {
  @shown.parts(() => Visit) visits!: Visit[];
  @shown.text() nextPageToken!: string;
}

export class VisitGoalProgress implements rpc.VisitGoalProgress {
  @shown.text() planId!: string;
  @shown.text() planName!: string;
  @shown.part(() => VisitGoal) goal!: VisitGoal | undefined;
  @shown.whole('Towards the next time.') visitCount!: number;
  @shown.whole() reachedCount!: number;
  @shown.time() lastReachedAt!: Date | undefined;
}

export class ListVisitGoalsResponse implements rpc.ListVisitGoalsResponse {
  @shown.parts(() => VisitGoalProgress) goals!: VisitGoalProgress[];
  @shown.text() nextPageToken!: string;
}
