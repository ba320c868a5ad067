import { Injectable } from '@nestjs/common';
import type { GrowthStanding } from '@tidegate/contracts/benefits/v1/growth';
import { Clock } from '@tidegate/service';
import { holdsAt } from '../../../definitions/domain/definition';
import { emptyGrowth, growthAt } from '../../domain/growth-account';
import { GrowthPlans } from '../../growth-plans';
import { growthKey, GrowthRepository } from '../../repositories/growth.repository';

/** Where a customer stands in every plan that holds now. */
@Injectable()
export class GetGrowthUseCase {
  constructor(
    private readonly plans: GrowthPlans,
    private readonly growth: GrowthRepository,
    private readonly clock: Clock,
  ) {}

  async execute(customerId: string): Promise<GrowthStanding[]> {
    const now = this.clock.now();
    const plans = (await this.plans.active()).filter(({ definition }) => holdsAt(definition, now));
    const keys = plans.map(({ definition }) => growthKey(definition.definitionId, customerId));
    const accounts = await this.growth.findAccounts(keys);
    return plans.map(({ definition, terms }, index) => {
      const planId = definition.definitionId;
      const account = accounts.get(keys[index] ?? '') ?? emptyGrowth(planId, customerId, now);
      // Before the first activity everybody is at the lowest level.
      const level = Math.max(1, account.level);
      return {
        planId,
        planName: definition.name,
        level,
        levelName: terms.levels[level - 1]?.name ?? '',
        growth: growthAt(account, terms, now),
        nextLevelGrowth: terms.levels[level]?.upGrowth ?? 0,
        graceEndsAt: account.graceEndsAt ?? undefined,
      };
    });
  }
}
