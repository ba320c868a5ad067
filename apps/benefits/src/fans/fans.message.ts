import type { Redemption } from '@tidegate/contracts/benefits/v1/benefits';
import type * as rpc from '@tidegate/contracts/benefits/v1/fans';
import type { Visit } from '@tidegate/contracts/merchants/v1/traffic';
import type { Fan } from './domain/fan';
import type { Presence } from './use-cases/note-activity/note-activity.use-case';

/** A fan as a message. */
export const fanMessage = (fan: Fan): rpc.Fan => ({
  kind: fan.kind,
  targetId: fan.targetId,
  customerId: fan.customerId,
  isFollowing: fan.isFollowing,
  source: fan.source,
  followedAt: fan.followedAt,
  unfollowedAt: fan.unfollowedAt ?? undefined,
  lastActiveDay: fan.activeDays.at(-1) ?? '',
});

/** A redemption was made at a store. */
export const presenceOfRedemption = ({ storeId, customerId, redeemedAt }: Redemption, toldAt: Date): Presence[] =>
  storeId && customerId ? [{ kind: 'store', targetId: storeId, customerId, at: redeemedAt ?? toldAt }] : [];

/** A visit was counted at a store of a merchant, or at an outlet; one to the app is at neither. */
export function presenceOfVisit({ placeId, merchantId, customerId, visitedAt }: Visit, toldAt: Date): Presence[] {
  if (!placeId || !customerId || placeId === 'app') return [];
  return [{ kind: merchantId ? 'store' : 'outlet', targetId: placeId, customerId, at: visitedAt ?? toldAt }];
}
