import { Injectable } from '@nestjs/common';
import type { VisitGoalReached } from '@tidegate/contracts/merchants/v1/merchants_events';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { InstanceRepository } from '../../../repositories/instance.repository';
import { instanceIdOf } from '../../benefit-granter';
import { oweReward } from '../../domain/owed-reward';
import { OwedRewardRepository } from '../../repositories/owed-reward.repository';

/** Owes customers what they are given for the visit goals 到访目标 that they reached; a goal without a reward owes nothing. */
@Injectable()
export class OweVisitGoalsUseCase {
  constructor(
    private readonly rewards: OwedRewardRepository,
    private readonly instances: InstanceRepository,
    private readonly clock: Clock,
  ) {}

  async execute(reached: readonly VisitGoalReached[], tx: Transaction): Promise<void> {
    const rewarded = new Map(reached.flatMap((each) => (each.rewardStockId ? [[rewardIdOf(each), each]] : [])));
    const known = await this.rewards.findMany([...rewarded.keys()], tx);
    const claimed = await this.instances.findMany([...rewarded.values()].map(formerInstanceId), tx);
    const now = this.clock.now();
    const owed = [...rewarded].flatMap(([rewardId, each]) => {
      if (known.has(rewardId) || claimed.has(formerInstanceId(each))) return [];
      const { customerId, planId, rewardStockId: stockId } = each;
      const reward = { kind: 'benefit' as const, stockId };
      return [oweReward({ rewardId, customerId, reward, cause: 'visit-goal', reference: planId }, now)];
    });
    await this.rewards.addMany(owed, tx);
  }
}

const rewardIdOf = ({ reachId }: VisitGoalReached): string => `visit-goal|${reachId}`;

/** Goals of before rewards were owed here were claimed for by `merchants`, under this name; they may be told again. */
const formerInstanceId = ({ reachId, customerId }: VisitGoalReached): string =>
  instanceIdOf(customerId, `visit-goal-${reachId}`);
