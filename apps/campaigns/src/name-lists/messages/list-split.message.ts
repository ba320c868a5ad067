import type * as rpc from '@tidegate/contracts/campaigns/v1/name_lists';
import { placedCountOf, type Adjustment, type ListSplit } from '../domain/list-split';
import type { NameList } from '../domain/name-list';
import { NOTHING } from '../domain/split-plan';

export function toSplitMessage(list: NameList, split: ListSplit): rpc.NameListSplit {
  const { listId, plan, receivers, holdings, counts, splitAt } = split;
  const quotas = new Map(plan.teamQuotas.map(({ teamId, quota }) => [teamId, quota]));
  return {
    listId,
    plan,
    placedCount: placedCountOf(split),
    touchedCount: holdings.reduce((sum, { touched }) => sum + touched, 0),
    unplacedCountByReason: counts.unplacedByReason,
    placedCountByRelation: counts.placedByRelation,
    people: receivers.map((receiver, i) => {
      const holding = holdings[i] ?? NOTHING;
      const limits = [receiver.quota, quotas.get(receiver.teamId) ?? 0].filter((quota) => quota > 0);
      return {
        agentId: receiver.id,
        teamId: receiver.teamId,
        willingness: receiver.willingness,
        ability: receiver.ability,
        placedCount: holding.placed,
        touchedCount: holding.touched,
        recalledCount: holding.recalled,
        quota: limits.length > 0 ? Math.min(...limits) : -1,
        capacity: Math.min(receiver.capacity, INT32_MAX),
      };
    }),
    splitAt,
    nextAdjustmentAt: list.nextAdjustmentAt ?? undefined,
  };
}

const INT32_MAX = 2_147_483_647;

export const toAdjustmentMessage = (adjustment: Adjustment): rpc.NameListAdjustment => ({
  ...adjustment,
  finishedAt: adjustment.finishedAt ?? undefined,
});
