import { Injectable } from '@nestjs/common';
import type { ProfilePerson } from '@tidegate/contracts/customers/v1/customers_events';
import type { Transaction } from '@tidegate/mongo';
import { newLinks } from '@tidegate/persons';
import { PersonLinkRepository } from './person-link.repository';

/**
 * Keeps which natural person each profile is of, as `customers` tells it. What a service has of a profile stays with it; whoever counts or looks
 * by person looks at all profiles, so a join, and its undoing, moves nothing (ADR 9).
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
