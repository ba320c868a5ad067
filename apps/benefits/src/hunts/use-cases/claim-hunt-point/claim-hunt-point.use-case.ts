import { Injectable } from '@nestjs/common';
import { HuntPointFound } from '@tidegate/contracts/benefits/v1/hunts_events';
import { refused } from '@tidegate/errors';
import { event, Mongo, type Transaction } from '@tidegate/mongo';
import { Clock, newId, ServiceEnv } from '@tidegate/service';
import { oweReward } from '../../../granting/domain/owed-reward';
import { toReward, type RewardTerms } from '../../../granting/domain/reward-terms';
import { OwedRewardRepository } from '../../../granting/repositories/owed-reward.repository';
import type { Hunt, HuntPoint } from '../../domain/hunt';
import { readChallenge, type Challenge } from '../../domain/hunt-challenge';
import { attemptPoint, emptyProgress, HUNT_REFUSALS, type AttemptResult } from '../../domain/hunt-claim';
import { huntRewardId } from '../../domain/hunt-reward';
import { HuntsDesk, pointOf } from '../../hunts-desk';
import { HuntRepository } from '../../repositories/hunt.repository';
import type { ClaimHuntPointInput } from './claim-hunt-point.request';

/** What an attempt came to, as it is remembered under its request id. */
type Outcome = Pick<AttemptResult, 'reason' | 'distanceMetres'> & { foundAt: Date };

/** Claims a point where the customer stands. A refused attempt is kept too, and uses its challenge up. */
@Injectable()
export class ClaimHuntPointUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly hunts: HuntsDesk,
    private readonly repository: HuntRepository,
    private readonly rewards: OwedRewardRepository,
    private readonly clock: Clock,
    private readonly env: ServiceEnv,
  ) {}

  /** @throws HUNT_NOT_OPEN, POINT_NOT_FOUND, CHALLENGE_INVALID, CHALLENGE_EXPIRED, REQUEST_ID_REUSED and HUNT_REFUSALS */
  async execute(request: ClaimHuntPointInput): Promise<{ pointId: string; reward: RewardTerms; foundAt: Date }> {
    const { requestId, ...input } = request;
    const hunt = await this.hunts.getOpen(input.huntId);
    const point = pointOf(hunt, input.pointId);
    const scope = `claim-hunt-point|${input.customerId}`;
    const outcome = await this.mongo.once({ scope, requestId, input: structuredClone(input) }, (tx) => {
      // Inside, so that a repeat is answered as the first time although its challenge is over.
      const key = Buffer.from(this.env.keys.codeSigning, 'base64');
      const challenge = readChallenge(input.challenge, input, key, this.clock.now());
      return this.attempt({ hunt, point, challenge }, input, tx);
    });
    const { reason, distanceMetres, foundAt } = outcome;
    if (reason === '') return { pointId: point.pointId, reward: point.reward, foundAt };
    throw refused(reason, HUNT_REFUSALS[reason], { distanceMetres: String(Math.round(distanceMetres)) });
  }

  private async attempt(
    { hunt, point, challenge }: { hunt: Hunt; point: HuntPoint; challenge: Challenge },
    { huntId, pointId, customerId, position }: Omit<ClaimHuntPointInput, 'requestId'>,
    tx: Transaction,
  ): Promise<Outcome> {
    const now = this.clock.now();
    const isChallengeUsed = await this.repository.isChallengeUsed(challenge.nonce, tx);
    const foundCount = await this.repository.findPointCount(huntId, pointId, tx);
    const progress = (await this.repository.findProgress(huntId, customerId, tx)) ?? emptyProgress(huntId, customerId);
    const lastSeen = await this.repository.findLastSeen(customerId, tx);
    const state = { terms: hunt.terms, point, foundCount, progress, lastSeen, isChallengeUsed };
    const result = attemptPoint({ ...state, challengedAt: challenge.issuedAt }, position, now);
    const { reason, distanceMetres } = result;
    if (!isChallengeUsed) await this.repository.useChallenge(challenge.nonce, challenge.expiresAt, tx);
    if (result.lastSeen && result.lastSeen !== lastSeen) {
      await this.repository.saveLastSeen(customerId, result.lastSeen, tx);
    }
    const attempt = { huntId, pointId, customerId, reason, distanceMetres, attemptedAt: now };
    await this.repository.addAttempt({ attemptId: newId(), ...attempt }, tx);
    if (reason === '') await this.find(hunt, point, { result, foundCount, now }, tx);
    return { reason, distanceMetres, foundAt: now };
  }

  private async find(
    { definition, terms }: Hunt,
    { pointId, reward }: HuntPoint,
    { result, foundCount, now }: { result: AttemptResult; foundCount: number; now: Date },
    tx: Transaction,
  ): Promise<void> {
    const { huntId, customerId } = result.progress;
    await this.repository.saveProgress(result.progress, tx);
    await this.repository.savePointCount(huntId, pointId, foundCount + 1, tx);
    const place = { orgPath: definition.orgPath, timeZone: terms.timeZone };
    const rewardId = huntRewardId(huntId, pointId, customerId);
    const owed = { rewardId, customerId, reward: toReward(reward, place), cause: 'hunt', reference: huntId };
    await this.rewards.addMany([oweReward(owed, now)], tx);
    tx.emit(event(HuntPointFound, customerId, { huntId, pointId, customerId, foundAt: now }));
  }
}
