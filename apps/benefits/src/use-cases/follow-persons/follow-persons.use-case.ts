import { Injectable } from '@nestjs/common';
import type { ProfilePerson } from '@tidegate/contracts/customers/v1/customers_events';
import type { Transaction } from '@tidegate/mongo';
import { withKey, type PersonLink } from '../../domain/person';
import { PersonRepository } from '../../repositories/person.repository';

/**
 * Keeps which natural person each profile is of, as `customers` tells it. No count is moved: limits add up what the profiles of
 * a person took, so they follow a join, and its undoing, by themselves.
 */
@Injectable()
export class FollowPersonsUseCase {
  constructor(private readonly persons: PersonRepository) {}

  async execute(profiles: readonly ProfilePerson[], tx: Transaction): Promise<void> {
    const known = new Map<string, PersonLink>();
    const customerIds = [...new Set(profiles.map(({ customerId }) => customerId))];
    for (const link of await this.persons.findLinks(customerIds, tx)) known.set(link.customerId, link);
    const links = new Map(known);
    for (const { customerId, personKey, version } of profiles) {
      links.set(customerId, withKey(links.get(customerId), { customerId, personKey, version }));
    }
    const changed = [...links.values()].filter((link) => known.get(link.customerId) !== link);
    await this.persons.saveLinks(changed, new Set(known.keys()), tx);
  }
}
