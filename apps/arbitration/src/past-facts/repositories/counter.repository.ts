import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import { EMPTY_REGISTER, type CounterRegister } from '../domain/counter-register';

const REGISTER = 'register';

interface RegisterDocument extends CounterRegister {
  _id: string;
}

const { Mixed } = Schema.Types;

const registerSchema = new Schema<RegisterDocument>(
  { _id: String, nextName: Number, counters: Mixed },
  { collection: 'event_counters', versionKey: false, minimize: false },
);

/** The counters that are kept. */
@Injectable()
export class CounterRepository {
  private readonly registers: Model<RegisterDocument>;

  constructor(mongo: Mongo) {
    this.registers = mongo.model('EventCounters', registerSchema);
  }

  async find(tx?: Transaction): Promise<CounterRegister> {
    const document = await this.registers.collection.findOne({ _id: REGISTER as never }, { session: tx?.session });
    if (document === null) return EMPTY_REGISTER;
    const { nextName, counters } = document as unknown as RegisterDocument;
    return { nextName, counters };
  }

  /** Read in the same transaction: a change by another is a write conflict. */
  async save(register: CounterRegister, tx: Transaction): Promise<void> {
    const filter = { _id: REGISTER as never };
    await this.registers.collection.replaceOne(filter, register as never, { session: tx.session, upsert: true });
  }
}
