import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { asPerson, othersOf, unknownCustomer } from '../../domain/customer-state';
import { forgetOld } from '../../domain/forget';
import { judgeServiceContact, type ServiceAnswer, type ServiceContact } from '../../domain/service-contact';
import { CustomerWriter } from '../../engine/customer-writer';
import { PolicyHolder } from '../../engine/policy-holder';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';

/**
 * Lets service messages through that no strategy decides, and counts them. Exact under concurrency as decisions are: whoever promises the same person
 * a contact meanwhile is a write conflict.
 */
@Injectable()
export class AskServiceContactsUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly customers: CustomerStateRepository,
    private readonly writer: CustomerWriter,
    private readonly policies: PolicyHolder,
    private readonly clock: Clock,
  ) {}

  async execute(asked: readonly ServiceContact[]): Promise<ServiceAnswer[]> {
    await Promise.all([...new Set(asked.map(({ customerId }) => customerId))].map((id) => this.writer.settled(id)));
    return this.mongo.transaction((tx) => this.judgeAll(asked, tx));
  }

  private async judgeAll(asked: readonly ServiceContact[], tx: Transaction): Promise<ServiceAnswer[]> {
    const situation = this.policies.situation(this.clock.now());
    const customers = await this.customers.findPersons(
      asked.map(({ customerId }) => customerId),
      tx,
    );
    const changed = new Set<string>();
    const answers = asked.map((one) => {
      const customer = customers.get(one.customerId) ?? unknownCustomer(one.customerId);
      const { answer, contacts } = judgeServiceContact(one, customer, asPerson(customer, customers), situation);
      if (contacts !== customer.contacts) {
        customers.set(one.customerId, forgetOld({ ...customer, contacts }, situation.policy, situation.now));
        changed.add(one.customerId);
      }
      return answer;
    });
    const saved = [...changed].flatMap((customerId) => customers.get(customerId) ?? []);
    await this.customers.saveMany(saved, 'contacts', tx);
    const beside = saved
      .flatMap(othersOf)
      .filter((customerId) => customers.has(customerId) && !changed.has(customerId));
    await this.customers.touchMany([...new Set(beside)], tx);
    return answers;
  }
}
