import { createHash } from 'node:crypto';
import { notFound, refused } from '@tidegate/errors';
import { requireClaimWindow, type Stock } from '../../domain/stock';
import { oweReward, type OwedReward } from '../../granting/domain/owed-reward';
import { toReward } from '../../granting/domain/reward-terms';
import { SHARE_TERMS_DEFAULT, type ShareTerms } from './share-terms';

/** A link by which others claim of a stock 分享, and what came of it. */
export interface ShareLink {
  linkId: string;
  stockId: string;
  /** The sharer. */
  customerId: string;
  createdAt: Date;
  expiresAt: Date;
  openedCount: number;
  claimedCount: number;
  rewardedCount: number;
}

/** What one customer has done with one stock: the limits on sharing count here, those of all profiles of a person 自然人 together. */
export interface Sharer {
  stockId: string;
  customerId: string;
  linkCount: number;
  rewardedCount: number;
}

export const newSharer = (stockId: string, customerId: string): Sharer => ({
  stockId,
  customerId,
  linkCount: 0,
  rewardedCount: 0,
});

/** A sharer, and what his person did with the stock under other customer ids. */
export interface SharingPerson {
  sharer: Sharer;
  others: readonly Sharer[];
}

const sumOf = ({ sharer, others }: SharingPerson, field: 'linkCount' | 'rewardedCount'): number =>
  others.reduce((sum, other) => sum + other[field], sharer[field]);

/** @throws NOT_SHAREABLE */
function termsOf(stock: Stock): ShareTerms {
  if (!stock.isShareable) throw refused('NOT_SHAREABLE', 'This benefit cannot be shared.');
  return stock.shareTerms ?? SHARE_TERMS_DEFAULT;
}

/**
 * A new link of a sharer, good for a while and as long as anything can be claimed. A stock may be shared before it opens.
 * @throws NOT_SHAREABLE, STOCK_CLOSED, STOCK_PAUSED, CLAIM_ENDED, SHARE_LINK_LIMIT_REACHED
 */
export function createLink(
  stock: Stock,
  person: SharingPerson,
  linkId: string,
  now: Date,
): { link: ShareLink; sharer: Sharer } {
  const { linkValidSeconds, linksPerCustomerMax } = termsOf(stock);
  requireClaimWindow(stock, new Date(Math.max(now.getTime(), stock.claimStartsAt.getTime())));
  const { sharer } = person;
  if (sumOf(person, 'linkCount') >= linksPerCustomerMax) {
    throw refused('SHARE_LINK_LIMIT_REACHED', 'This customer has all links he may have to it.');
  }
  const { stockId, customerId } = sharer;
  const expiresAt = new Date(Math.min(now.getTime() + linkValidSeconds * 1000, stock.claimEndsAt.getTime()));
  const counts = { openedCount: 0, claimedCount: 0, rewardedCount: 0 };
  return {
    link: { linkId, stockId, customerId, createdAt: now, expiresAt, ...counts },
    sharer: { ...sharer, linkCount: sharer.linkCount + 1 },
  };
}

/** @throws SHARE_LINK_EXPIRED */
export function requireLink(link: ShareLink, now: Date): void {
  if (now >= link.expiresAt) throw refused('SHARE_LINK_EXPIRED', 'This link has expired.');
}

export const linkNotFound = () => notFound('SHARE_LINK_NOT_FOUND', 'There is no such link.');

/** Names what a sharer earns by a claimer, whichever of his links that one claims by. It does not say who that is. */
export const rewardIdOf = (
  { stockId, customerId }: Pick<Sharer, 'stockId' | 'customerId'>,
  claimerId: string,
): string =>
  `share|${createHash('sha256')
    .update(JSON.stringify([stockId, customerId, claimerId]))
    .digest('base64url')
    .slice(0, 32)}`;

/**
 * A claim by a link is counted, and rewarded for each new claimer up to the stock's limit.
 * `isNew` tells that the sharer's person has earned no reward by the claimer's person before, under any of their ids.
 */
export function noteClaim(
  { link, ...person }: { link: ShareLink } & SharingPerson,
  { stock, claimerId, isNew }: { stock: Stock; claimerId: string; isNew: boolean },
  now: Date,
): { link: ShareLink; sharer: Sharer; owed: OwedReward | undefined } {
  const { sharer } = person;
  const counted = { ...link, claimedCount: link.claimedCount + 1 };
  const { sharerReward, sharerRewardsMax } = stock.shareTerms ?? SHARE_TERMS_DEFAULT;
  if (!sharerReward || !isNew || sumOf(person, 'rewardedCount') >= sharerRewardsMax) {
    return { link: counted, sharer, owed: undefined };
  }
  const { customerId, stockId } = sharer;
  const terms = {
    rewardId: rewardIdOf(sharer, claimerId),
    customerId,
    reward: toReward(sharerReward, stock),
    cause: 'share',
    reference: stockId,
  };
  return {
    link: { ...counted, rewardedCount: counted.rewardedCount + 1 },
    sharer: { ...sharer, rewardedCount: sharer.rewardedCount + 1 },
    owed: oweReward(terms, now),
  };
}
