import { hoursOf } from './redeem-window';
import { ALWAYS, isUsedByClaim, type RedeemWindow, type Stock } from './stock';
import { isSharded, unitsInAll } from './stock-shards';

export interface StockFault {
  field: string;
  description: string;
}

type Terms = Pick<
  Stock,
  | 'kind'
  | 'currency'
  | 'claimStartsAt'
  | 'claimEndsAt'
  | 'costShares'
  | 'percentBasisPoints'
  | 'poolId'
  | 'bundleStockIds'
  | 'isTransferable'
  | 'shardCount'
  | 'totalLimit'
  | 'dailyLimit'
  | 'budgetMinor'
  | 'faceValueMinor'
  | 'isShareable'
  | 'shareTerms'
  | 'thresholdMinor'
  | 'validForSeconds'
  | 'merchantIds'
  | 'storeIds'
  | 'outletPaths'
> & {
  /** Any time when left out. */
  redeemWindow?: RedeemWindow | undefined;
};

const BASIS_POINTS_WHOLE = 10_000;
const DAY_SECONDS = 24 * 3600;

/** What does not fit together in a stock's terms. */
export function stockFaults(stock: Terms): StockFault[] {
  const faults: StockFault[] = [...kindFaults(stock), ...useFaults(stock)];
  const fault = (field: string, description: string): void => void faults.push({ field, description });
  if (stock.claimEndsAt <= stock.claimStartsAt) fault('claimEndsAt', 'must be after claimStartsAt');
  if (stock.costShares.reduce((sum, share) => sum + share.basisPoints, 0) !== BASIS_POINTS_WHOLE) {
    fault('costShares', 'basisPoints must add up to 10000');
  }
  if (stock.shareTerms && !stock.isShareable) fault('shareTerms', 'is for shareable stocks only');
  const { sharerReward, sharerRewardsMax = 0 } = stock.shareTerms ?? {};
  if ((sharerReward === undefined) !== (sharerRewardsMax === 0)) {
    fault('shareTerms.sharerRewardsMax', 'goes with sharerReward');
  }
  if (isSharded(stock) && stock.dailyLimit > 0 && stock.dailyLimit < stock.shardCount) {
    fault('shardCount', 'may be dailyLimit at most');
  }
  const unitsPaid = unitsInAll(stock);
  if (isSharded(stock) && unitsPaid < stock.totalLimit && unitsPaid < stock.shardCount) {
    fault('shardCount', 'may be what the budget pays for at most');
  }
  stock.costShares.forEach(({ funder, partyId }, index) => {
    if (funder !== 'merchant' && !partyId) fault(`costShares.${index}.partyId`, 'is needed for this funder');
  });
  return faults;
}

/** Terms that a kind needs, or that only another kind has. */
function kindFaults(stock: Terms): StockFault[] {
  const { kind } = stock;
  const has: Record<string, boolean> = {
    percentBasisPoints: stock.percentBasisPoints > 0,
    poolId: stock.poolId !== '',
    bundleStockIds: stock.bundleStockIds.length > 0,
  };
  const needed: Record<string, Stock['kind']> = {
    percentBasisPoints: 'percent_discount',
    poolId: 'third_party_code',
    bundleStockIds: 'bundle',
  };
  const faults = Object.entries(needed).flatMap(([field, needing]) => {
    if (needing === kind && !has[field]) return [{ field, description: `is needed for ${kind}` }];
    return needing !== kind && has[field] ? [{ field, description: `is for ${needing} only` }] : [];
  });
  const isPoints = kind === 'points';
  if (isPoints !== (stock.currency === 'PTS')) {
    faults.push({ field: 'currency', description: isPoints ? 'must be PTS for points' : 'PTS is for points only' });
  }
  // A giver who has seen the code could use it still.
  if (stock.isTransferable && (isPoints || kind === 'bundle' || kind === 'third_party_code')) {
    faults.push({ field: 'isTransferable', description: `${kind} cannot be given away` });
  }
  return faults;
}

/**
 * What restricts a use that is none of a till's: a third party's code is used by being seen, which has its days and hours but no
 * place and no sale; points and bundles are used up with their claim.
 */
function useFaults(stock: Terms): StockFault[] {
  const { kind, redeemWindow } = stock;
  const restricts = {
    thresholdMinor: stock.thresholdMinor > 0,
    merchantIds: stock.merchantIds.length > 0,
    storeIds: stock.storeIds.length > 0,
    outletPaths: stock.outletPaths.length > 0,
    redeemWindow: isUsedByClaim(kind) && redeemWindow !== undefined && isRestriction(redeemWindow),
  };
  const faults =
    isUsedByClaim(kind) || kind === 'third_party_code'
      ? Object.entries(restricts).flatMap(([field, has]) =>
          has ? [{ field, description: `does not apply to ${kind}` }] : [],
        )
      : [];
  const [first, end] = hoursOf(redeemWindow ?? ALWAYS);
  if (first === end) faults.push({ field: 'redeemWindow.to', description: 'must differ from redeemWindow.from' });
  const { afterDays } = redeemWindow ?? ALWAYS;
  if (afterDays > 0 && afterDays * DAY_SECONDS >= stock.validForSeconds) {
    faults.push({ field: 'redeemWindow.afterDays', description: 'must be over before the benefit expires' });
  }
  return faults;
}

const isRestriction = ({ weekdays, from, to, afterDays, blockedDates }: RedeemWindow): boolean =>
  weekdays.length > 0 || from !== '' || to !== '' || afterDays > 0 || blockedDates.length > 0;
