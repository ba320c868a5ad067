import { Injectable } from '@nestjs/common';
import type { ProfilePerson } from '@tidegate/contracts/customers/v1/customers_events';
import type { Transaction } from '@tidegate/mongo';
import { withKey, type PersonLink } from '../../domain/person';
import { PersonRepository } from '../../repositories/person.repository';

/**
 * Keeps which natural person each profile is of, as `customers` tells it. No visit is moved: whoever counts looks at all profiles of
 * a person, so a join, and its undoing, are followed by themselves.
 */
@Injectable()
export class FollowPersonsUseCase {
  constructor(private readonly persons: PersonRepository) {}

  async execute(profiles: readonly ProfilePerson[], tx: Transaction): Promise<void> {
    const customerIds = [...new Set(profiles.map(({ customerId }) => customerId))];
    const known = await this.persons.findLinks(customerIds, tx);
    const held = new Map(known.map((link) => [link.customerId, link]));
    const links = new Map<string, PersonLink>(held);
    for (const told of profiles) links.set(told.customerId, withKey(links.get(told.customerId), told));
    const changed = [...links.values()].filter((link) => held.get(link.customerId) !== link);
    await this.persons.saveLinks(changed, tx);
  }
}
