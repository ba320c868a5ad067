import { Book, initModels, mongoTransaction } from 'medici';
import mongoose from 'mongoose';

/** The recipe of the medici ledger against double spending, as its documentation gives it, on the same database. */
export class MediciFloor {
  private readonly book = new Book('bench');

  static async connect(uri: string): Promise<MediciFloor> {
    await mongoose.connect(uri, { dbName: 'tidegate_bench_medici', maxPoolSize: 64 });
    await initModels();
    return new MediciFloor();
  }

  async fund(wallet: string): Promise<void> {
    await this.book.entry('fund').debit('Assets', 800).credit(`Accounts:${wallet}`, 800).commit();
  }

  async spend(wallet: string): Promise<void> {
    await mongoTransaction(async (session) => {
      await this.book.entry('spend').credit('Assets', 800).debit(`Accounts:${wallet}`, 800).commit({ session });
      const after = await this.book.balance({ account: `Accounts:${wallet}` }, { session });
      if (after.balance < 0) throw new Error('Not enough balance in wallet.');
      await this.book.writelockAccounts([`Accounts:${wallet}`], { session });
    });
  }

  async close(): Promise<void> {
    await mongoose.connection.dropDatabase();
    await mongoose.disconnect();
  }
}
