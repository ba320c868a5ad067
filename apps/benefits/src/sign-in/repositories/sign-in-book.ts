import { Injectable } from '@nestjs/common';
import { SignedIn } from '@tidegate/contracts/benefits/v1/sign_in_events';
import { event, type Transaction } from '@tidegate/mongo';
import { oweReward } from '../../granting/domain/owed-reward';
import { toReward, type RewardTerms } from '../../granting/domain/reward-terms';
import { OwedRewardRepository } from '../../granting/repositories/owed-reward.repository';
import { MAKE_UP_CARD, rewardsOf, type SignInProgramme } from '../domain/sign-in-programme';
import type { SignedDay } from '../domain/sign-in-record';
import { SignInRepository } from './sign-in.repository';

/** A signed day as writes of one transaction: the record, the rewards it earned as owed, and the event. */
@Injectable()
export class SignInBook {
  constructor(
    private readonly signIns: SignInRepository,
    private readonly rewards: OwedRewardRepository,
  ) {}

  async write(
    { definition, terms }: SignInProgramme,
    { record, reachedDays }: SignedDay,
    { day, isMadeUp, isNew, now }: { day: string; isMadeUp: boolean; isNew: boolean; now: Date },
    tx: Transaction,
  ): Promise<{ record: SignedDay['record']; rewards: RewardTerms[] }> {
    const { programmeId, customerId } = record;
    const rewards = rewardsOf(terms, reachedDays);
    const cards = rewards.filter(({ kind }) => kind === MAKE_UP_CARD).length;
    const saved = { ...record, extraCards: record.extraCards + cards };
    const place = { orgPath: definition.orgPath, timeZone: terms.timeZone };
    const owed = rewards
      .filter(({ kind }) => kind !== MAKE_UP_CARD)
      .map((reward, index) =>
        oweReward(
          {
            // A day is signed once, so its rewards are owed once.
            rewardId: `sign-in|${programmeId}|${customerId}|${day}|${index}`,
            customerId,
            reward: toReward(reward, place),
            cause: 'sign-in',
            reference: programmeId,
          },
          now,
        ),
      );
    await this.signIns.save(saved, isNew, tx);
    await this.rewards.addMany(owed, tx);
    const streakDays = reachedDays.at(-1) ?? 0;
    tx.emit(event(SignedIn, customerId, { programmeId, customerId, day, isMadeUp, streakDays, signedInAt: now }));
    return { record: saved, rewards };
  }
}
