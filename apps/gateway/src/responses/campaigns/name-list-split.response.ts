import type * as rpc from '@tidegate/contracts/campaigns/v1/name_lists';
import { shown } from '../../http/shown';

export class TeamQuota implements rpc.TeamQuota {
  @shown.text() teamId!: string;
  @shown.whole() quota!: number;
}

export class SplitPlan implements rpc.SplitPlan {
  @shown.texts() teamIds!: string[];
  @shown.texts('owner, outlet, anyone or a relation attribute, in order.') relations!: string[];
  @shown.text() topic!: string;
  @shown.whole() minWillingness!: number;
  @shown.whole() minAbility!: number;
  @shown.whole() personQuota!: number;
  @shown.parts(() => TeamQuota) teamQuotas!: TeamQuota[];
  @shown.whole() recallAfterDays!: number;
  @shown.whole() maxRounds!: number;
}

export class PersonShare implements rpc.PersonShare {
  @shown.text() agentId!: string;
  @shown.text() teamId!: string;
  @shown.whole() willingness!: number;
  @shown.whole() ability!: number;
  @shown.whole('Of this list, touched ones included.') placedCount!: number;
  @shown.whole() touchedCount!: number;
  @shown.whole() recalledCount!: number;
  @shown.whole('What the person may have of this list in all; -1 for no limit.') quota!: number;
  @shown.whole('Untouched customers that the person’s capacity left for this list.') capacity!: number;
}

export class NameListSplit implements rpc.NameListSplit {
  @shown.text() listId!: string;
  @shown.part(() => SplitPlan) plan!: SplitPlan | undefined;
  @shown.whole() placedCount!: number;
  @shown.whole() touchedCount!: number;
  @shown.counts('Reason code → how many nobody has because of it.') unplacedCountByReason!: Record<string, number>;
  @shown.counts('Relation → how many were placed by it.') placedCountByRelation!: Record<string, number>;
  @shown.parts(() => PersonShare) people!: PersonShare[];
  @shown.time() splitAt!: Date | undefined;
  @shown.time('When the untouched are looked for next.') nextAdjustmentAt!: Date | undefined;
}

export class GetNameListSplitResponse implements rpc.GetNameListSplitResponse {
  @shown.part(() => NameListSplit) split!: NameListSplit | undefined;
}

export class NameListAdjustment implements rpc.NameListAdjustment {
  @shown.whole() round!: number;
  @shown.time() startedAt!: Date | undefined;
  @shown.time() finishedAt!: Date | undefined;
  @shown.whole('Found touched since the last time.') touchedCount!: number;
  @shown.whole() recalledCount!: number;
  @shown.whole('Of the recalled, those that another person has now.') givenCount!: number;
}

export class ListNameListAdjustmentsResponse implements rpc.ListNameListAdjustmentsResponse {
  @shown.parts(() => NameListAdjustment) adjustments!: NameListAdjustment[];
  @shown.text() nextPageToken!: string;
}
