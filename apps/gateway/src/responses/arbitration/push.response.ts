import type * as rpc from '@tidegate/contracts/arbitration/v1/arbitration';
import type * as terms from '@tidegate/contracts/arbitration/v1/push_terms';
import { shown } from '../../http/shown';

export class PushLimitUse implements terms.PushLimitUse {
  @shown.text(
    'queue:<id>, strategy:<id> (its quota), quota:<id>, channel:<id>, group:<id>, action:<id>, stock:<id> (units left), budget.',
  )
  limit!: string;
  @shown.whole() max!: number;
  @shown.whole() used!: number;
}

export class Push implements rpc.Push {
  @shown.text() pushId!: string;
  @shown.text() strategyId!: string;
  @shown.text() listId!: string;
  @shown.text('Whose it is.') orgPath!: string;
  @shown.text('receiving, running, completed, failed, cancelled.') state!: string;
  @shown.whole() memberCount!: number;
  @shown.whole() decidedCount!: number;
  @shown.whole() chosenCount!: number;
  @shown.counts() countByReason!: Record<string, number>;
  @shown.text() failureReason!: string;
  @shown.time() startedAt!: Date | undefined;
  @shown.time() finishedAt!: Date | undefined;
  @shown.text('While running: pricing, scoring, allocating, deciding.') stage!: string;
  @shown.whole() scoredCount!: number;
  @shown.decimal() plannedValue!: number;
  @shown.decimal() valueBound!: number;
  @shown.parts(() => PushLimitUse) limits!: PushLimitUse[];
  @shown.flag('It runs, and its strategy is paused or still to begin: nobody is decided until it is in force.')
  isWaiting!: boolean;
}

export class StartPushResponse implements rpc.StartPushResponse {
  @shown.part(() => Push) push!: Push | undefined;
}

export class AppendPushMembersResponse implements rpc.AppendPushMembersResponse {
  @shown.part(() => Push) push!: Push | undefined;
}

export class ListPushesResponse implements rpc.ListPushesResponse {
  @shown.parts(() => Push) pushes!: Push[];
  @shown.text() nextPageToken!: string;
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
  @shown.text() actionId!: string;
  @shown.text() channel!: string;
  @shown.text('The limit that was worth more for others.') lostTo!: string;
}

export class ListPushDecisionsResponse implements rpc.ListPushDecisionsResponse {
  @shown.parts(() => PushDecision) decisions!: PushDecision[];
  @shown.text() nextPageToken!: string;
}
