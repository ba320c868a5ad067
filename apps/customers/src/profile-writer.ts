import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { PROFILES_MAX } from '@tidegate/persons';
import { customerChanged } from './customers.message';
import { personKeyOf, type Customer } from './domain/customer';
import { withPersonWords } from './domain/person-words';
import { CustomerRepository } from './repositories/customer.repository';
import { FeedRepository } from './repositories/feed.repository';

/** Writes profiles whose consents, complaints or persons changed, with what other profiles of the persons must hold to for it. */
@Injectable()
export class ProfileWriter {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly feed: FeedRepository,
  ) {}

  /** Answers all that were written, as they are now: the profile itself first. */
  async save(customer: Customer, tx: Transaction): Promise<[Customer, ...Customer[]]> {
    const { customerId } = customer;
    const profiles = await this.profilesOf(personKeyOf(customer), tx);
    const person = [customer, ...profiles.filter((other) => other.customerId !== customerId)];
    const [written, ...others] = await this.savePersons([customer], [person], tx);
    return [written ?? customer, ...others];
  }

  /** All profiles of a person; none of a crowd under one key. */
  async profilesOf(personKey: string, tx: Transaction): Promise<Customer[]> {
    const profiles = await this.customers.listOfPerson(personKey, PROFILES_MAX + 1, tx);
    return profiles.length > PROFILES_MAX ? [] : profiles;
  }

  /** Writes `dirty` profiles and, of each person's, those that change by what the others say. */
  async savePersons(
    dirty: readonly Customer[],
    persons: readonly (readonly Customer[])[],
    tx: Transaction,
  ): Promise<Customer[]> {
    const written = new Map(dirty.map((customer) => [customer.customerId, customer]));
    for (const customer of persons.flatMap(withPersonWords)) written.set(customer.customerId, customer);
    const customers = [...written.values()];
    await this.customers.saveMany(customers, tx);
    await this.feed.write(tx);
    for (const customer of customers) tx.emit(customerChanged(customer));
    return customers;
  }
}
