import { Injectable } from '@nestjs/common';
import type { GrowthStanding } from '@tidegate/contracts/benefits/v1/growth';
import { Clock } from '@tidegate/service';
import { holdsAt } from '../../../definitions/domain/definition';
import { localMonth } from '../../../definitions/domain/calendar-period';
import { PersonRepository } from '../../../repositories/person.repository';
import { growthTogether } from '../../domain/growth-account';
import { standingTogether } from '../../domain/person-growth';
import { GrowthPlans } from '../../growth-plans';
import { growthKey, GrowthRepository } from '../../repositories/growth.repository';

/** Where a person stands in every plan that holds now, under whichever of his profiles. */
@Injectable()
export class GetGrowthUseCase {
  constructor(
    private readonly plans: GrowthPlans,
    private readonly growth: GrowthRepository,
    private readonly persons: PersonRepository,
    private readonly clock: Clock,
  ) {}

  async execute(customerId: string): Promise<GrowthStanding[]> {
    const now = this.clock.now();
    const plans = (await this.plans.active()).filter(({ definition }) => holdsAt(definition, now));
    const profiles = [customerId, ...(await this.persons.find([customerId])).othersOf(customerId)];
    const keysOf = (planId: string): string[] => profiles.map((each) => growthKey(planId, each));
    const accounts = await this.growth.findAccounts(plans.flatMap(({ definition }) => keysOf(definition.definitionId)));
    return plans.map(({ definition, terms }) => {
      const planId = definition.definitionId;
      const known = keysOf(planId).flatMap((key) => accounts.get(key) ?? []);
      const standing = standingTogether(known, localMonth(now, terms.timeZone));
      // Before the first activity everybody is at the lowest level.
      const level = Math.max(1, standing.level);
      return {
        planId,
        planName: definition.name,
        level,
        levelName: terms.levels[level - 1]?.name ?? '',
        growth: growthTogether(known, terms, now),
        nextLevelGrowth: terms.levels[level]?.upGrowth ?? 0,
        graceEndsAt: standing.graceEndsAt ?? undefined,
      };
    });
  }
}
