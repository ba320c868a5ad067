import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import { timeKey } from '../../repositories/ledger-key';
import { plus, totalKey, type AccountTotal, type LedgerTotals } from '../domain/totals';

/** Sums of all postings before a time. */
export interface Checkpoint {
  sequence: number;
  /** Postings of this time are not in it. */
  upTo: Date;
  totals: AccountTotal[];
  postingCount: number;
}

/** The balance of one of the bank's own accounts at the last checkpoint that changed it. */
export interface AccountCheckpoint extends AccountTotal {
  upTo: Date;
}

interface CheckpointDocument extends Omit<Checkpoint, 'sequence'> {
  _id: number;
}
interface AccountCheckpointDocument extends AccountCheckpoint {
  /** `<account>|<currency>|<time>`, and `<account>|<currency>` for the latest. */
  _id: string;
}

const totalFields = { account: String, currency: String, debitMinor: Number, creditMinor: Number };
const checkpointSchema = new Schema<CheckpointDocument>(
  {
    _id: Number,
    upTo: { type: Date, required: true },
    totals: { type: [new Schema<AccountTotal>(totalFields, { _id: false })], required: true },
    postingCount: { type: Number, required: true },
  },
  { collection: 'ledger_checkpoints', versionKey: false },
);
checkpointSchema.index({ upTo: 1 });

const accountCheckpointSchema = new Schema<AccountCheckpointDocument>(
  { _id: String, ...totalFields, upTo: { type: Date, required: true } },
  { collection: 'ledger_account_checkpoints', versionKey: false },
);

/** Balances at checkpoints: derived from the postings, and never written by what posts. */
@Injectable()
export class CheckpointRepository {
  private readonly checkpoints: Model<CheckpointDocument>;
  private readonly accounts: Model<AccountCheckpointDocument>;

  constructor(private readonly mongo: Mongo) {
    this.checkpoints = mongo.model('LedgerCheckpoint', checkpointSchema);
    this.accounts = mongo.model('LedgerAccountCheckpoint', accountCheckpointSchema);
  }

  /** The last one that has nothing of `before` or later; the last of all without. */
  async findLast(before?: Date): Promise<Checkpoint | undefined> {
    const [found] = await this.checkpoints
      .find(before ? { upTo: { $lte: before } } : {})
      .sort({ upTo: -1 })
      .limit(1)
      .lean<CheckpointDocument[]>();
    if (!found) return undefined;
    const { _id, ...fields } = found;
    return { sequence: _id, ...fields };
  }

  /** What an account had at the last checkpoint that has nothing of `before` or later. */
  async findAccount(
    key: Pick<AccountTotal, 'account' | 'currency'>,
    before?: Date,
  ): Promise<AccountCheckpoint | undefined> {
    const name = totalKey(key);
    if (!before) return (await this.accounts.findById(name).lean<AccountCheckpointDocument>()) ?? undefined;
    const [found] = await this.accounts
      .find({ _id: { $gte: `${name}|`, $lte: `${name}|${timeKey(before)}` } })
      .sort({ _id: -1 })
      .limit(1)
      .lean<AccountCheckpointDocument[]>();
    return found;
  }

  /**
   * Stores the checkpoint that follows `last`; says no when another has followed it meanwhile, so that no posting is summed
   * twice however many replicas fold.
   */
  async follow(last: Checkpoint | undefined, sums: LedgerTotals, upTo: Date): Promise<boolean> {
    const sequence = (last?.sequence ?? -1) + 1;
    return this.mongo.transaction(async (tx) => {
      const { session } = tx;
      if (await this.checkpoints.findById(sequence, null, { session }).lean()) return false;
      const [totals, postingCount] = [sums.byClass(), sums.postingCount];
      await this.checkpoints.create([{ _id: sequence, upTo, totals, postingCount }], { session });
      await this.addAccounts(sums.ofHouseAccounts(), upTo, tx);
      return true;
    });
  }

  private async addAccounts(added: AccountTotal[], upTo: Date, { session }: Transaction): Promise<void> {
    if (added.length === 0) return;
    const before = await this.accounts
      .find({ _id: { $in: added.map(totalKey) } }, null, { session })
      .lean<AccountCheckpointDocument[]>();
    const known = new Map(before.map((total) => [total._id, total]));
    const now = added.map((total) => ({ ...plus(total, known.get(totalKey(total))), upTo }));
    await this.accounts.bulkWrite(
      now.flatMap((total) => [
        { insertOne: { document: { _id: `${totalKey(total)}|${timeKey(upTo)}`, ...total } } },
        { replaceOne: { filter: { _id: totalKey(total) }, replacement: total, upsert: true } },
      ]),
      { session },
    );
  }
}
