import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { unknownCustomer, type CustomerState } from '../domain/customer-state';
import { allowsLess } from '../domain/retraction';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { CustomerCache } from './customer-cache';
import { DecisionRetractor } from './decision-retractor';

/** One change of a customer's projection; a change that changes nothing returns the same state. */
export type ProjectionChange = (state: CustomerState) => CustomerState;

/**
 * Writes the projected part of customers. A decision under way on the same customer conflicts and is made anew; one that was made before and that
 * the customer allows no more is retracted in the same transaction.
 */
@Injectable()
export class CustomerWriter {
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly mongo: Mongo,
    private readonly customers: CustomerStateRepository,
    private readonly cache: CustomerCache,
    private readonly retractor: DecisionRetractor,
  ) {}

  async change(customerId: string, change: ProjectionChange): Promise<void> {
    const work = this.settled(customerId).then(() =>
      this.mongo.transaction((tx) => this.changeMany([[customerId, change]], tx)),
    );
    this.underWay.set(customerId, work);
    try {
      await work;
    } finally {
      if (this.underWay.get(customerId) === work) this.underWay.delete(customerId);
    }
    await this.cache.tellWord();
  }

  /**
   * Ends with the change of the customer that is under way in this process. Decisions wait for it: each of them would make the change
   * begin anew, and without end they would keep a withdrawal from being written.
   */
  async settled(customerId: string): Promise<void> {
    await this.underWay.get(customerId)?.catch(() => undefined);
  }

  /** In order; a customer that is not known yet begins with the change. */
  async changeMany(changes: readonly (readonly [string, ProjectionChange])[], tx: Transaction): Promise<void> {
    const held = await this.customers.findMany(
      changes.map(([customerId]) => customerId),
      tx,
    );
    const next = new Map<string, CustomerState>();
    for (const [customerId, change] of changes) {
      const before = next.get(customerId) ?? held.get(customerId) ?? unknownCustomer(customerId);
      const after = change(before);
      if (after !== before) next.set(customerId, after);
    }
    const states = [...next.values()];
    await this.customers.addMany(
      states.filter(({ customerId }) => !held.has(customerId)),
      tx,
    );
    await this.customers.saveMany(
      states.filter(({ customerId }) => held.has(customerId)),
      'projection',
      tx,
    );
    const withLess = states.filter((after) => {
      const before = held.get(after.customerId);
      return before !== undefined && allowsLess(before, after);
    });
    await this.retractor.retractOf(withLess, tx);
  }
}
