import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { requireStaff } from '../../actor-scope';
import { customerIdOf } from '../../domain/customer-id';
import { CustomerRepository } from '../../repositories/customer.repository';

/** The customer ids of core-bank ids, of those that are customers. It tells nothing else of them. */
@Injectable()
export class FindCustomerIdsUseCase {
  constructor(private readonly customers: CustomerRepository) {}

  /** @throws STAFF_ONLY */
  async execute(
    { externalIds }: { externalIds: string[] },
    actor: Actor,
  ): Promise<{ externalId: string; customerId: string }[]> {
    requireStaff(actor);
    const named = new Map([...new Set(externalIds)].map((externalId) => [customerIdOf(externalId), externalId]));
    const existing = await this.customers.findIds([...named.keys()]);
    return existing.map((customerId) => ({ customerId, externalId: named.get(customerId) ?? '' }));
  }
}
