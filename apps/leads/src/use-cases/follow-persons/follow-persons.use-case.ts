import { Injectable } from '@nestjs/common';
import type { ProfilePerson } from '@tidegate/contracts/customers/v1/customers_events';
import type { Transaction } from '@tidegate/mongo';
import { newLinks } from '../../domain/person';
import { PersonLinkRepository } from '../../repositories/person-link.repository';

/**
 * Keeps which natural person each profile is of, as `customers` tells it. Leads, talks and threads stay with their profiles; whoever looks at a
 * person looks at all of them, so a join, and its undoing, moves nothing.
 */
@Injectable()
export class FollowPersonsUseCase {
  constructor(private readonly links: PersonLinkRepository) {}

  async execute(profiles: readonly ProfilePerson[], tx: Transaction): Promise<void> {
    const known = await this.links.findMany(
      profiles.map(({ customerId }) => customerId),
      tx,
    );
    const told = profiles.map(({ customerId, personKey, version }) => ({ customerId, personKey, version }));
    await this.links.saveMany(newLinks(known, told), new Set(known.map(({ customerId }) => customerId)), tx);
  }
}
