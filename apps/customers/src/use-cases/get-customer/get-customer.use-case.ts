import { Injectable } from '@nestjs/common';
import { invalid, notFound } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import type { Customer } from '../../domain/customer';
import { customerIdOf } from '../../domain/customer-id';
import { CustomerRepository } from '../../repositories/customer.repository';

/** One customer, by either id. */
@Injectable()
export class GetCustomerUseCase {
  constructor(private readonly customers: CustomerRepository) {}

  /** @throws CUSTOMER_NOT_FOUND (also for another customer's own eyes), ORG_OUT_OF_SCOPE */
  async execute(by: { customerId: string; externalId: string }, actor: Actor): Promise<Customer> {
    if (by.customerId === '' && by.externalId === '') {
      throw invalid([{ field: 'customerId', description: 'or externalId must be given' }]);
    }
    const customerId = by.customerId || customerIdOf(by.externalId);
    if (actor.kind === 'customer' && actor.id !== customerId) {
      throw notFound('CUSTOMER_NOT_FOUND', 'There is no such customer.');
    }
    const customer = await this.customers.get(customerId);
    requireOrgScope(actor, customer.orgPath);
    return customer;
  }
}
