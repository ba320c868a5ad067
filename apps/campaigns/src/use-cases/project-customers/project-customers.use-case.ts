import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { dateKeysOf } from '@tidegate/rules';
import { CampaignsConfig } from '../../campaigns.config';
import { newsOf, type CustomerFacts } from '../../domain/customer-facts';
import { CustomerRepository } from '../../repositories/customer.repository';

/** Keeps the copy of what rules ask of customers; of each, the highest version stays. */
@Injectable()
export class ProjectCustomersUseCase {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly config: CampaignsConfig,
  ) {}

  async execute(changes: readonly CustomerFacts[], tx: Transaction): Promise<void> {
    const known = await this.customers.findVersions([...new Set(changes.map(({ customerId }) => customerId))], tx);
    const news = newsOf(changes, known).map((customer) => ({
      customer,
      dateKeys: dateKeysOf(customer, this.config.timeZone),
      isNew: !known.has(customer.customerId),
    }));
    await this.customers.saveMany(news, tx);
  }
}
