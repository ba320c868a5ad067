import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { isAtOrBelow } from '@tidegate/org-path';
import { PROFILES_MAX } from '@tidegate/persons';
import { personKeyOf, type Customer } from './domain/customer';
import { CustomerRepository } from './repositories/customer.repository';

/** Who may see which profiles of a natural person beside the one that he asked for. */
@Injectable()
export class PersonView {
  constructor(private readonly customers: CustomerRepository) {}

  /** Ids of the other profiles, for staff those of their organisation, for anybody outside the bank none; none of a crowd under one key. */
  async othersOf(customer: Customer, actor: Actor): Promise<string[]> {
    if (actor.kind !== 'staff' && actor.kind !== 'service') return [];
    const profiles = await this.customers.listOfPerson(personKeyOf(customer), PROFILES_MAX + 1);
    if (profiles.length > PROFILES_MAX) return [];
    return profiles
      .filter(({ customerId }) => customerId !== customer.customerId)
      .filter(({ orgPath }) => actor.kind === 'service' || isAtOrBelow(orgPath, actor.orgPath))
      .map(({ customerId }) => customerId)
      .sort();
  }
}
