import { Injectable } from '@nestjs/common';
import { LevelChanged, MissionAdvanced } from '@tidegate/contracts/benefits/v1/growth_events';
import { event, type Transaction } from '@tidegate/mongo';
import { oweReward, type OwedReward } from '../../granting/domain/owed-reward';
import { toReward } from '../../granting/domain/reward-terms';
import { OwedRewardRepository } from '../../granting/repositories/owed-reward.repository';
import type { GrowthAccount } from '../domain/growth-account';
import type { GrowthPlan } from '../domain/growth-plan';
import { reviewedAt, reviewLevel } from '../domain/level-review';
import type { Advanced, Mission } from '../domain/mission';

/** What a review or an advance brings besides the new state: rewards that are owed, and events. */
@Injectable()
export class GrowthBook {
  constructor(private readonly rewards: OwedRewardRepository) {}

  /**
   * Reviews the accounts of a person's profiles together; what is due is put into `owed` for the first of them, the event of each change
   * into the transaction.
   */
  review(profiles: readonly [GrowthAccount, ...GrowthAccount[]], plan: GrowthPlan, writing: Writing): GrowthAccount[] {
    const { now, tx, owed } = writing;
    const { accounts, due } = reviewLevel(profiles, plan, reviewedAt(plan, now));
    const { planId, customerId } = profiles[0];
    const place = { orgPath: plan.definition.orgPath, timeZone: plan.terms.timeZone };
    for (const { key, reward } of due) {
      const rewardId = `level|${planId}|${customerId}|${key}`;
      const terms = { rewardId, customerId, reward: toReward(reward, place), cause: 'level', reference: planId };
      owed.push(oweReward(terms, now));
    }
    accounts.forEach(({ customerId: profileId, level }, index) => {
      const fromLevel = profiles[index]?.level ?? 0;
      if (level === fromLevel) return;
      const toLevelName = plan.terms.levels[level - 1]?.name ?? '';
      const change = { planId, customerId: profileId, fromLevel, toLevel: level, toLevelName, changedAt: now };
      tx.emit(event(LevelChanged, profileId, change));
    });
    return accounts;
  }

  /** Takes an advance: its rewards into `owed`, its event into the transaction. */
  advanced({ progress, due, doneSteps }: Advanced, mission: Mission, { now, tx, owed }: Writing): void {
    const { missionId, customerId, periodStart } = progress;
    const place = { orgPath: mission.definition.orgPath, timeZone: mission.terms.timeZone };
    for (const { key, reward } of due) {
      const rewardId = `mission|${missionId}|${customerId}|${periodStart}|${key}`;
      const terms = { rewardId, customerId, reward: toReward(reward, place), cause: 'mission', reference: missionId };
      owed.push(oweReward(terms, now));
    }
    const stepIndex = doneSteps.at(-1);
    if (stepIndex === undefined) return;
    const isMissionDone = progress.doneAt !== null;
    const told = { missionId, customerId, periodStart, stepIndex, isMissionDone, advancedAt: now };
    tx.emit(event(MissionAdvanced, customerId, told));
  }

  owe(owed: OwedReward[], tx: Transaction): Promise<void> {
    return this.rewards.addMany(owed, tx);
  }
}

/** One transaction's time, writes and rewards. */
export interface Writing {
  now: Date;
  tx: Transaction;
  owed: OwedReward[];
}
