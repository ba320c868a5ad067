import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import type { LedgerCheck } from '../domain/ledger-check';

/** The replica at work, and until when the others leave it alone. */
export interface Lease {
  leaseOwner: string;
  leaseUntil: Date;
}

interface LedgerCheckDocument extends Omit<LedgerCheck, 'checkId'>, Lease {
  _id: string;
}

const { Mixed } = Schema.Types;
const NOBODY: Lease = { leaseOwner: '', leaseUntil: new Date(0) };

const ledgerCheckSchema = new Schema<LedgerCheckDocument>(
  {
    _id: String,
    state: { type: String, required: true },
    progressPercent: Number,
    postingsRead: Number,
    accountsCompared: Number,
    differenceCount: Number,
    differences: [Mixed],
    checkpointAt: Date,
    failureReason: String,
    startedBy: String,
    startedAt: Date,
    finishedAt: Date,
    leaseOwner: String,
    leaseUntil: Date,
  },
  { collection: 'ledger_checks', versionKey: false },
);

/** The one document that says which check is the last: whoever starts another writes it, so that there is one at a time. */
interface TurnDocument {
  _id: string;
  checkId: string;
}

const TURN = 'last';
const turnSchema = new Schema<TurnDocument>(
  { _id: String, checkId: { type: String, required: true } },
  { collection: 'ledger_check_turns', versionKey: false },
);

/** Checks of the ledger and what they found: few, and kept for ever. */
@Injectable()
export class LedgerCheckRepository {
  private readonly checks: Model<LedgerCheckDocument>;
  private readonly turns: Model<TurnDocument>;

  constructor(mongo: Mongo) {
    this.checks = mongo.model('LedgerCheck', ledgerCheckSchema);
    this.turns = mongo.model('LedgerCheckTurn', turnSchema);
  }

  /** That none is running was read in the same transaction: of two at once, one is a write conflict or a duplicate key. */
  async add({ checkId, ...fields }: LedgerCheck, { session }: Transaction): Promise<void> {
    await this.checks.collection.insertOne({ _id: checkId, ...fields, ...NOBODY } as never, { session });
    if (await this.turns.findById(TURN, null, { session }).lean()) {
      await this.turns.updateOne({ _id: TURN }, { $set: { checkId } }, { session });
    } else await this.turns.create([{ _id: TURN, checkId }], { session });
  }

  async find(checkId: string, tx?: Transaction): Promise<LedgerCheck | null> {
    return (await this.findLeased(checkId, tx))?.check ?? null;
  }

  async findLeased(checkId: string, tx?: Transaction): Promise<{ check: LedgerCheck; lease: Lease } | null> {
    const document = await this.checks.findById(checkId, null, { session: tx?.session }).lean<LedgerCheckDocument>();
    return document && toLeased(document);
  }

  /** Read in the same transaction. A lease, when given, is taken or renewed with it. */
  async save({ checkId, ...fields }: LedgerCheck, { session }: Transaction, lease?: Lease): Promise<void> {
    const update = { $set: { ...fields, ...lease } };
    await this.checks.collection.updateOne({ _id: checkId as never }, update, { session });
  }

  async findRunningId(tx?: Transaction): Promise<string | undefined> {
    const turn = await this.turns.findById(TURN, null, { session: tx?.session }).lean<TurnDocument>();
    const last = turn && (await this.find(turn.checkId, tx));
    return last?.state === 'running' ? last.checkId : undefined;
  }

  /** Newest first, without differences; `before` is the last one's id. */
  async list(limit: number, before?: string): Promise<LedgerCheck[]> {
    const documents = await this.checks
      .find(before ? { _id: { $lt: before } } : {}, { differences: 0 })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<LedgerCheckDocument[]>();
    return documents.map((document) => ({ ...toLeased(document).check, differences: [] }));
  }
}

const toLeased = ({ _id, leaseOwner, leaseUntil, ...fields }: LedgerCheckDocument) => ({
  check: { checkId: _id, ...fields },
  lease: { leaseOwner, leaseUntil },
});
