import { type Mongo, withinOrg, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import type { Defined, Definition } from '../domain/definition';

interface DefinitionDocument<T> extends Omit<Definition, 'definitionId'> {
  _id: string;
  terms: T;
}

const schemaFor = (collection: string): Schema<DefinitionDocument<unknown>> => {
  const schema = new Schema<DefinitionDocument<unknown>>(
    {
      _id: String,
      name: { type: String, required: true },
      orgPath: { type: String, required: true },
      validFrom: { type: Date, required: true },
      validTo: { type: Date, required: true },
      state: { type: String, required: true },
      makerId: { type: String, required: true },
      checkerId: { type: String, default: '' },
      createdAt: { type: Date, required: true },
      terms: { type: Schema.Types.Mixed, required: true },
    },
    { collection, versionKey: false, minimize: false },
  );
  schema.index({ createdAt: -1, _id: -1 });
  // Those in force.
  schema.index({ state: 1, validTo: 1 });
  return schema;
};

/** Which page, and of what: `scope` is an organisation path, `holdsAt` a time at which they hold. */
export interface DefinitionFilter {
  scope?: string;
  holdsAt?: Date;
  after?: { createdAt: Date; definitionId: string };
}

const endingAfter = (at: Date) => ({ state: 'active' as const, validTo: { $gt: at } });

/** A term that is left out stays out: stored as null, it could not be told again. */
const WRITE = { ignoreUndefined: true };

/** The definitions of one kind, in a collection of their own. */
export class DefinitionRepository<T> {
  private readonly definitions: Model<DefinitionDocument<unknown>>;

  constructor(mongo: Mongo, collection: string) {
    this.definitions = mongo.model(collection, schemaFor(collection));
  }

  async add(defined: Defined<T>, tx: Transaction): Promise<void> {
    await this.definitions.collection.insertOne(toDocument(defined) as never, { ...WRITE, session: tx.session });
  }

  async save(defined: Defined<T>, tx: Transaction): Promise<void> {
    const { _id, ...fields } = toDocument(defined);
    await this.definitions.collection.replaceOne({ _id: _id as never }, fields, { ...WRITE, session: tx.session });
  }

  async find(definitionId: string, tx?: Transaction): Promise<Defined<T> | null> {
    const document = await this.definitions.collection.findOne(
      { _id: definitionId as never },
      { session: tx?.session },
    );
    return document && toDefined<T>(document as unknown as DefinitionDocument<T>);
  }

  /** Active ones that end after a time, newest first. */
  async listEndingAfter(at: Date, limit: number): Promise<Defined<T>[]> {
    return this.findPage([endingAfter(at)], limit);
  }

  async countEndingAfter(at: Date, { session }: Transaction): Promise<number> {
    return this.definitions.countDocuments(endingAfter(at), { session });
  }

  /** Newest first. */
  async list(limit: number, { scope, holdsAt, after }: DefinitionFilter): Promise<Defined<T>[]> {
    const older = after && {
      $or: [{ createdAt: { $lt: after.createdAt } }, { createdAt: after.createdAt, _id: { $lt: after.definitionId } }],
    };
    const begun = holdsAt && { ...endingAfter(holdsAt), validFrom: { $lt: new Date(holdsAt.getTime() + 1) } };
    return this.findPage(
      [...(scope ? [withinOrg(scope)] : []), ...(begun ? [begun] : []), ...(older ? [older] : [])],
      limit,
    );
  }

  private async findPage(filters: readonly object[], limit: number): Promise<Defined<T>[]> {
    const documents = await this.definitions
      .find(filters.length > 0 ? { $and: [...filters] } : {})
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<DefinitionDocument<T>[]>();
    return documents.map((document) => toDefined<T>(document));
  }
}

function toDocument<T>({ definition, terms }: Defined<T>): DefinitionDocument<T> {
  const { definitionId, ...fields } = definition;
  return { _id: definitionId, ...fields, terms };
}

function toDefined<T>({ _id, terms, ...fields }: DefinitionDocument<T>): Defined<T> {
  return { definition: { definitionId: _id, ...fields }, terms };
}
