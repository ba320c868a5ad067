import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { RevisionRepository } from '../repositories/revision.repository';
import { readyNames, type CounterRegister } from './domain/counter-register';
import { CounterRepository } from './repositories/counter.repository';

/** Changes the register, with all that tells of it. */
@Injectable()
export class CounterRegistrar {
  constructor(
    private readonly counters: CounterRepository,
    private readonly customers: CustomerStateRepository,
    private readonly revisions: RevisionRepository,
  ) {}

  /** Returns what is in the register afterwards; a change that changes nothing returns the same register. */
  async change(by: (register: CounterRegister) => CounterRegister, tx: Transaction): Promise<CounterRegister> {
    const before = await this.counters.find(tx);
    const after = by(before);
    if (after === before) return after;
    await this.counters.save(after, tx);
    const names = readyNames(after);
    if (names.join() !== readyNames(before).join()) await this.customers.saveCountedNames(names, tx);
    await this.revisions.bump('counters', tx);
    return after;
  }
}
