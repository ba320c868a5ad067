import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { PersonRepository } from '../../repositories/person.repository';
import type { LinkPersonInput } from './link-person.request';

/**
 * Says which natural person 自然人 a customer id belongs to, beside what `customers` tells: limits per person count all his ids
 * from then on, with what they took before.
 */
@Injectable()
export class LinkPersonUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly persons: PersonRepository,
  ) {}

  /** @throws PERSON_PROFILES_TOO_MANY, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: LinkPersonInput): Promise<void> {
    const { customerId, personId } = input;
    await this.mongo.once({ scope: 'link-person', requestId, input }, async (tx) => {
      const [link] = await this.persons.findLinks([customerId], tx);
      const linked = { ...(link ?? { customerId, personKey: '', version: 0 }), personId };
      await this.persons.saveLinks([linked], new Set(link && [customerId]), tx);
      (await this.persons.find([customerId], tx)).requirePerson(customerId);
      return {};
    });
  }
}
