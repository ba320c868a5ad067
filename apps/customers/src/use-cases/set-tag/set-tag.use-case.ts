import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { customerChanged } from '../../customers.message';
import { changed, type Customer } from '../../domain/customer';
import { withoutTag, withTag } from '../../domain/tag';
import { CustomerRepository } from '../../repositories/customer.repository';
import { FeedRepository } from '../../repositories/feed.repository';
import type { SetTagInput } from './set-tag.request';

/** Sets or removes one tag 标签 of a customer. */
@Injectable()
export class SetTagUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly customers: CustomerRepository,
    private readonly feed: FeedRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws CUSTOMER_NOT_FOUND, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: SetTagInput, actor: Actor): Promise<Customer> {
    return this.mongo.once({ scope: 'set-tag', requestId, input }, async (tx) => {
      const held = await this.customers.get(input.customerId, tx);
      requireOrgScope(actor, held.orgPath);
      const { tag, value, validUntil = null } = input;
      const set = { tag, value, source: input.source || 'expert', validUntil, refreshedAt: this.clock.now() } as const;
      const tags = input.isRemoved ? withoutTag(held.tags, tag) : withTag(held.tags, set);
      const customer = changed(held, { tags });
      await this.customers.saveMany([customer], tx);
      await this.feed.write(tx);
      tx.emit(customerChanged(customer));
      return customer;
    });
  }
}
