import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import { screenCustomer } from '../../domain/screen';
import { candidatesOf } from '../../domain/strategy';
import { LiveStrategies } from '../../engine/live-strategies';
import { PolicyHolder } from '../../engine/policy-holder';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import type { ScreenCustomersInput } from './screen-customers.request';

/** Says why customers may not be contacted for a strategy, before a name list is made of them. */
@Injectable()
export class ScreenCustomersUseCase {
  constructor(
    private readonly strategies: LiveStrategies,
    private readonly customers: CustomerStateRepository,
    private readonly policies: PolicyHolder,
    private readonly clock: Clock,
  ) {}

  /** @throws STRATEGY_NOT_LIVE */
  async execute({ strategyId, customerIds }: ScreenCustomersInput): Promise<{ customerId: string; reason: string }[]> {
    const candidates = candidatesOf(await this.strategies.get(strategyId));
    const situation = this.policies.situation(this.clock.now());
    const known = await this.customers.findMany(customerIds);
    return customerIds.map((customerId) => ({
      customerId,
      reason: screenCustomer(known.get(customerId), candidates, situation),
    }));
  }
}
