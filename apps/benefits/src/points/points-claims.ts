import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import { ClaimEffects } from '../granting/claim-effects';
import { oweReward } from '../granting/domain/owed-reward';
import { OwedRewardRepository } from '../granting/repositories/owed-reward.repository';

const VALID_MONTHS = 12;

/** A claim of points owes them; they are credited right after. */
@Injectable()
export class PointsClaims {
  constructor(effects: ClaimEffects, rewards: OwedRewardRepository, clock: Clock) {
    effects.on('points', async ({ stockId, faceValueMinor, orgPath, timeZone }, instances, tx) => {
      const reward = { kind: 'points' as const, points: faceValueMinor, validMonths: VALID_MONTHS, orgPath, timeZone };
      const owed = instances.map(({ instanceId, customerId }) => {
        const terms = { rewardId: `claim|${instanceId}`, customerId, reward, cause: 'claim', reference: stockId };
        return oweReward(terms, clock.now());
      });
      await rewards.addMany(owed, tx);
    });
  }
}
