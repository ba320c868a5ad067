import mongoose, { type mongo } from 'mongoose';

type Documents = { _id: string } & Record<string, unknown>;

/** Transactions as anybody would write them with the bare driver, on the same database: the floors. */
export class NaiveDatabase {
  private constructor(
    private readonly client: mongo.MongoClient,
    private readonly db: mongo.Db,
  ) {}

  static async connect(uri: string): Promise<NaiveDatabase> {
    const client = await new mongoose.mongo.MongoClient(uri, { maxPoolSize: 64 }).connect();
    const db = client.db('tidegate_bench_naive');
    for (const name of ['stocks', 'instances', 'ledger', 'events']) await db.createCollection(name);
    await db.collection<Documents>('stocks').insertOne({ _id: 'hot', left: 1_000_000_000 });
    return new NaiveDatabase(client, db);
  }

  /** One claim: take one from the stock, insert the instance and its ledger entry. */
  async claim(id: string): Promise<void> {
    await this.client.withSession((session) =>
      session.withTransaction(async () => {
        const stock = await this.db.collection<Documents>('stocks').findOne({ _id: 'hot' }, { session });
        await this.db
          .collection<Documents>('stocks')
          .updateOne({ _id: 'hot' }, { $set: { left: Number(stock?.left) - 1 } }, { session });
        await this.db
          .collection<Documents>('instances')
          .insertOne({ _id: id, stockId: 'hot', at: new Date() }, { session });
        await this.db.collection<Documents>('ledger').insertOne({ _id: id, amount: 800, at: new Date() }, { session });
      }),
    );
  }

  /** Three inserts in one transaction. */
  async threeDocuments(id: string): Promise<void> {
    await this.client.withSession((session) =>
      session.withTransaction(async () => {
        for (const name of ['instances', 'ledger', 'events']) {
          await this.db
            .collection<Documents>(name)
            .insertOne({ _id: id, at: new Date(), text: 'x'.repeat(200) }, { session });
        }
      }),
    );
  }

  /** One read by key, then three inserts in one transaction. */
  async readAndThreeDocuments(id: string, readId: string): Promise<void> {
    await this.db.collection<Documents>('instances').findOne({ _id: readId });
    await this.threeDocuments(id);
  }

  async insertMany(documents: Documents[]): Promise<void> {
    await this.db.collection<Documents>('inserted').insertMany(documents);
  }

  async close(): Promise<void> {
    await this.db.dropDatabase();
    await this.client.close();
  }
}
