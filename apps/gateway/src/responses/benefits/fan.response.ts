import type * as rpc from '@tidegate/contracts/benefits/v1/fans';
import { shown } from '../../http/shown';

/** An outlet or store that can be followed. */
export class FanTarget implements rpc.FanTarget {
  @shown.text('One of: outlet, store.') kind!: string;
  @shown.text() targetId!: string;
  @shown.text() name!: string;
  @shown.text() orgPath!: string;
  @shown.text('IANA name.') timeZone!: string;
  @shown.whole() fanCount!: number;
}

export class PutFanTargetResponse implements rpc.PutFanTargetResponse {
  @shown.part(() => FanTarget) target!: FanTarget | undefined;
}

export class ListFanTargetsResponse implements rpc.ListFanTargetsResponse {
  @shown.parts(() => FanTarget) targets!: FanTarget[];
  @shown.text() nextPageToken!: string;
}

/** A customer and an outlet or store he follows. */
export class Fan implements rpc.Fan {
  @shown.text('One of: outlet, store.') kind!: string;
  @shown.text() targetId!: string;
  @shown.text() customerId!: string;
  @shown.flag() isFollowing!: boolean;
  @shown.text('Where he came from.') source!: string;
  @shown.time() followedAt!: Date | undefined;
  @shown.time() unfollowedAt!: Date | undefined;
  @shown.text('The last day he redeemed at or visited it, YYYY-MM-DD; empty for never.') lastActiveDay!: string;
}

export class FollowResponse implements rpc.FollowResponse {
  @shown.part(() => Fan) fan!: Fan | undefined;
}

export class UnfollowResponse implements rpc.UnfollowResponse {
  @shown.part(() => Fan) fan!: Fan | undefined;
}

export class ListFollowsResponse implements rpc.ListFollowsResponse {
  @shown.parts(() => Fan) fans!: Fan[];
  @shown.text() nextPageToken!: string;
}

export class ListFansResponse implements rpc.ListFansResponse {
  @shown.parts(() => Fan) fans!: Fan[];
  @shown.text() nextPageToken!: string;
}

/** What one calendar day did to a target's fans. */
export class FanDay implements rpc.FanDay {
  @shown.text('YYYY-MM-DD in the target’s zone.') day!: string;
  @shown.whole() followedCount!: number;
  @shown.whole() unfollowedCount!: number;
  @shown.whole('Fans who redeemed at or visited it, each once.') activeCount!: number;
  @shown.whole('Fans at the end of the day.') fanCount!: number;
}

export class GetFanGrowthResponse implements rpc.GetFanGrowthResponse {
  @shown.parts(() => FanDay) days!: FanDay[];
}
