import type * as rpc from '@tidegate/contracts/arbitration/v1/arbitration';
import { shown } from '../../http/shown';

export class Push implements rpc.Push {
  @shown.text() pushId!: string;
  @shown.text() strategyId!: string;
  @shown.text() listId!: string;
  @shown.text('receiving, running, completed, failed, cancelled.') state!: string;
  @shown.whole() memberCount!: number;
  @shown.whole() decidedCount!: number;
  @shown.whole() chosenCount!: number;
  @shown.counts() countByReason!: Record<string, number>;
  @shown.text() failureReason!: string;
  @shown.time() startedAt!: Date | undefined;
  @shown.time() finishedAt!: Date | undefined;
}

export class GetPushResponse implements rpc.GetPushResponse {
  @shown.part(() => Push) push!: Push | undefined;
}

export class CancelPushResponse implements rpc.CancelPushResponse {
  @shown.part(() => Push) push!: Push | undefined;
}

export class PushDecision implements rpc.PushDecision {
  @shown.text() decisionId!: string;
  @shown.text() customerId!: string;
  @shown.whole() rank!: number;
  @shown.flag() isChosen!: boolean;
  @shown.flag() isExploration!: boolean;
  @shown.text() reason!: string;
  @shown.decimal() championPropensity!: number;
  @shown.decimal() shadowPropensity!: number;
}

export class ListPushDecisionsResponse implements rpc.ListPushDecisionsResponse {
  @shown.parts(() => PushDecision) decisions!: PushDecision[];
  @shown.text() nextPageToken!: string;
}
