import mongoose, { type mongo } from 'mongoose';

type Documents = { _id: string } & Record<string, unknown>;

/** JSON of one claim's event. */
const EVENT_LENGTH = 400;
/** What an instance of a claim looks like beside its keys and times. */
const INSTANCE = {
  stockId: 'hot',
  stockName: 'Hot',
  kind: 'amount_discount',
  state: 'issued',
  faceValueMinor: 800,
  remainingMinor: 800,
  currency: 'CNY',
  isTransferable: true,
  orgPath: 'hq',
};

const postings = (customerId: string) => [
  { account: 'budget:hot', side: 'debit', amountMinor: 800, currency: 'CNY' },
  { account: `customer:${customerId}`, side: 'credit', amountMinor: 800, currency: 'CNY' },
];

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
    for (const name of ['counts', 'group_instances', 'group_ledger']) await db.createCollection(name);
    // As the wallet and the ledger are read.
    const walletKeys = [
      { key: { customerId: 1, state: 1, expiresAt: 1, _id: 1 } },
      { key: { state: 1, expiresAt: 1, _id: 1 } },
    ] as const;
    await db.collection('group_instances').createIndexes([...walletKeys]);
    await db.collection('group_ledger').createIndexes([{ key: { 'postings.account': 1, postedAt: 1, _id: 1 } }]);
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

  /** Claims of a group in one transaction, with what each leaves behind: what the database itself can take. */
  async claimGroup(ids: string[]): Promise<void> {
    const at = new Date();
    const of = (name: string) => this.db.collection<Documents>(name);
    await this.client.withSession((session) =>
      session.withTransaction(async () => {
        await of('counts')
          .find({ _id: { $in: ids } }, { session })
          .toArray();
        await of('stocks').updateOne({ _id: 'hot' }, { $inc: { left: -ids.length } as never }, { session });
        const counts = ids.map((_id) => ({ _id, total: 1 }));
        const instances = ids.map((_id) => ({ _id, ...INSTANCE, customerId: _id, claimedAt: at, expiresAt: at }));
        const ledger = ids.map((_id) => ({
          _id,
          kind: 'claim',
          reference: _id,
          postings: postings(_id),
          postedAt: at,
        }));
        await of('counts').insertMany(counts, { session });
        await of('group_instances').insertMany(instances, { session });
        await of('group_ledger').insertMany(ledger, { session });
        const body = 'x'.repeat(ids.length * EVENT_LENGTH);
        await of('events').insertOne({ _id: `group-${ids[0]}`, at, body }, { session });
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
