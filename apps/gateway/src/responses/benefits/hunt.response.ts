import type * as rpc from '@tidegate/contracts/benefits/v1/hunts';
import { shown } from '../../http/shown';
import { Definition } from './definition.response';
import { OwedReward, Reward } from './reward.response';

/** A point on the map; degrees are WGS 84. */
export class HuntPoint implements rpc.HuntPoint {
  @shown.text() pointId!: string;
  @shown.text() name!: string;
  @shown.decimal() longitude!: number;
  @shown.decimal() latitude!: number;
  @shown.whole('How near a customer must be.') radiusMetres!: number;
  @shown.part(() => Reward) reward!: Reward | undefined;
  @shown.whole('How often it can be found by all together; 0 for no limit.') foundMax!: number;
}

export class HuntTerms implements rpc.HuntTerms {
  @shown.text('IANA name.') timeZone!: string;
  @shown.parts(() => HuntPoint) points!: HuntPoint[];
  @shown.whole('0 for no limit.') foundMaxPerCustomerPerDay!: number;
  @shown.whole() accuracyMetresMax!: number;
  @shown.whole() positionAgeSecondsMax!: number;
  @shown.whole() speedMetresPerSecondMax!: number;
}

/** A location hunt 寻宝. */
export class Hunt implements rpc.Hunt {
  @shown.part(() => Definition) definition!: Definition | undefined;
  @shown.part(() => HuntTerms) terms!: HuntTerms | undefined;
}

export class CreateHuntResponse implements rpc.CreateHuntResponse {
  @shown.part(() => Hunt) hunt!: Hunt | undefined;
}

export class MoveHuntResponse implements rpc.MoveHuntResponse {
  @shown.part(() => Hunt) hunt!: Hunt | undefined;
}

export class ListHuntsResponse implements rpc.ListHuntsResponse {
  @shown.parts(() => Hunt) hunts!: Hunt[];
  @shown.text() nextPageToken!: string;
}

export class FoundPoint implements rpc.FoundPoint {
  @shown.text() pointId!: string;
  @shown.time() foundAt!: Date | undefined;
  @shown.part(() => OwedReward) reward!: OwedReward | undefined;
}

export class GetHuntProgressResponse implements rpc.GetHuntProgressResponse {
  @shown.text() huntId!: string;
  @shown.parts(() => FoundPoint) foundPoints!: FoundPoint[];
  @shown.whole() foundTodayCount!: number;
  @shown.whole() pointCount!: number;
}

export class IssueHuntChallengeResponse implements rpc.IssueHuntChallengeResponse {
  @shown.text() challenge!: string;
  @shown.time() expiresAt!: Date | undefined;
}

export class ClaimHuntPointResponse implements rpc.ClaimHuntPointResponse {
  @shown.text() pointId!: string;
  @shown.part(() => Reward, 'Granted a moment later.') reward!: Reward | undefined;
  @shown.time() foundAt!: Date | undefined;
}

export class HuntAttempt implements rpc.HuntAttempt {
  @shown.text() attemptId!: string;
  @shown.text() huntId!: string;
  @shown.text() pointId!: string;
  @shown.text() customerId!: string;
  @shown.text('Empty when the point was found.') reason!: string;
  @shown.decimal() distanceMetres!: number;
  @shown.time() attemptedAt!: Date | undefined;
}

export class ListHuntAttemptsResponse implements rpc.ListHuntAttemptsResponse {
  @shown.parts(() => HuntAttempt) attempts!: HuntAttempt[];
  @shown.text() nextPageToken!: string;
}
