import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';

/** A number to type in where a code cannot be scanned: it stands for a code that was made with it. */
interface CodeNumberDocument {
  _id: string;
  code: string;
  expiresAt: Date;
}

interface UsedCodeDocument {
  /** `<instance id>.<step>.<nonce>`. */
  _id: string;
  usedAt: Date;
}

const USED_CODE_SECONDS = 3600;

const usedCodeSchema = new Schema<UsedCodeDocument>(
  { _id: String, usedAt: Date },
  { collection: 'used_codes', versionKey: false },
);
// A code is stale long before it is forgotten.
usedCodeSchema.index({ usedAt: 1 }, { expireAfterSeconds: USED_CODE_SECONDS });

const codeNumberSchema = new Schema<CodeNumberDocument>(
  { _id: String, code: { type: String, required: true }, expiresAt: Date },
  { collection: 'code_numbers', versionKey: false },
);
codeNumberSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** Redemption codes: which are used up, and the numbers that stand for some. */
@Injectable()
export class CodeRepository {
  private readonly usedCodes: Model<UsedCodeDocument>;
  private readonly numbers: Model<CodeNumberDocument>;

  constructor(mongo: Mongo) {
    this.usedCodes = mongo.model('UsedCode', usedCodeSchema);
    this.numbers = mongo.model('CodeNumber', codeNumberSchema);
  }

  async findUsed(keys: string[], tx: Transaction): Promise<Set<string>> {
    const documents = await this.usedCodes.collection
      .find({ _id: { $in: keys as never[] } }, { session: tx.session })
      .toArray();
    return new Set(documents.map(({ _id }) => String(_id)));
  }

  /** Uses codes up, once: a race for one ends in a duplicate key, which retries the batch. */
  async use(keys: string[], usedAt: Date, tx: Transaction): Promise<void> {
    if (keys.length === 0) return;
    await this.usedCodes.collection.insertMany(keys.map((_id) => ({ _id, usedAt })) as never[], {
      session: tx.session,
    });
  }

  async addNumber(number: string, code: string, expiresAt: Date): Promise<void> {
    await this.numbers.create({ _id: number, code, expiresAt });
  }

  /** The codes that numbers stand for. */
  async findNumbers(numbers: string[]): Promise<Map<string, string>> {
    if (numbers.length === 0) return new Map();
    const documents = await this.numbers.find({ _id: { $in: numbers } }).lean<CodeNumberDocument[]>();
    return new Map(documents.map(({ _id, code }) => [_id, code]));
  }
}
