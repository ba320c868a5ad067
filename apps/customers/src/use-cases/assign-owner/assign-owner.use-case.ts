import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { customerChanged } from '../../customers.message';
import { changed, type Customer } from '../../domain/customer';
import { withOwner } from '../../domain/owner';
import { CustomerRepository } from '../../repositories/customer.repository';
import { FeedRepository } from '../../repositories/feed.repository';
import type { AssignOwnerInput } from './assign-owner.request';

/** Says who looks after a customer 管户. */
@Injectable()
export class AssignOwnerUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly customers: CustomerRepository,
    private readonly feed: FeedRepository,
  ) {}

  /** @throws CUSTOMER_NOT_FOUND, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: AssignOwnerInput, actor: Actor): Promise<Customer> {
    return this.mongo.once({ scope: 'assign-owner', requestId, input }, async (tx) => {
      const held = await this.customers.get(input.customerId, tx);
      requireOrgScope(actor, held.orgPath);
      const customer = changed(held, { attributes: withOwner(held.attributes, input) });
      await this.customers.saveMany([customer], tx);
      await this.feed.write(tx);
      tx.emit(customerChanged(customer));
      return customer;
    });
  }
}
