import type { QuotaUse } from './quota';

/** As a strategy says it: of which quota, for which of its actions and channels. Empty lists mean all. */
export interface QuotaUseSnapshot extends QuotaUse {
  actionIds: string[];
  channels: string[];
}

/** What one choice of this action on this channel takes, each quota once. */
export function quotaUsesOf(uses: readonly QuotaUseSnapshot[], actionId: string, channel: string): QuotaUse[] {
  const amounts = new Map<string, number>();
  for (const { quotaId, amount, actionIds, channels } of uses) {
    const isMeant =
      (actionIds.length === 0 || actionIds.includes(actionId)) && (channels.length === 0 || channels.includes(channel));
    if (isMeant) amounts.set(quotaId, (amounts.get(quotaId) ?? 0) + amount);
  }
  return [...amounts].map(([quotaId, amount]) => ({ quotaId, amount }));
}
