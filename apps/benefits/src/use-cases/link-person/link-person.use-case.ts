import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { PersonRepository } from '../../repositories/person.repository';
import type { LinkPersonInput } from './link-person.request';

/** Says which natural person 自然人 a customer id belongs to: limits per person count all his ids from then on. */
@Injectable()
export class LinkPersonUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly persons: PersonRepository,
  ) {}

  /** @throws REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: LinkPersonInput): Promise<void> {
    await this.mongo.once({ scope: 'link-person', requestId, input }, async (tx) => {
      await this.persons.link(input.customerId, input.personId, tx);
      return {};
    });
  }
}
