import { refused } from '@tidegate/errors';
import { isAtOrBelow } from '@tidegate/org-path';
import { RELATIONS, type Receiver, type SplitPlan } from './split-plan';

/** What one organisation gets of a list. */
export interface ListShare {
  orgPath: string;
  /** 0 for no limit. */
  quota: number;
}

/** @throws SHARE_OUT_OF_LIST, SHARE_REPEATED */
export function checkShares(shares: readonly ListShare[], listOrgPath: string): void {
  const seen = new Set<string>();
  for (const { orgPath } of shares) {
    if (!isAtOrBelow(orgPath, listOrgPath)) {
      throw refused('SHARE_OUT_OF_LIST', 'A share is for an organisation at or below the list’s.', { orgPath });
    }
    if (seen.has(orgPath)) throw refused('SHARE_REPEATED', 'An organisation has two shares.', { orgPath });
    seen.add(orgPath);
  }
}

/** A list is handed down as it is split: to organisations, by where the customers are, the nearest first. */
export const HAND_DOWN_PLAN: SplitPlan = {
  teamIds: [],
  relations: [RELATIONS.outlet],
  topic: '',
  minWillingness: 0,
  minAbility: 0,
  personQuota: 0,
  teamQuotas: [],
  recallAfterDays: 0,
  maxRounds: 1,
};

export const shareReceivers = (shares: readonly ListShare[]): Receiver[] =>
  shares.map(({ orgPath, quota }) => ({
    id: orgPath,
    teamId: '',
    orgPath,
    willingness: 1,
    ability: 1,
    capacity: Number.MAX_SAFE_INTEGER,
    quota,
    relations: [],
  }));
