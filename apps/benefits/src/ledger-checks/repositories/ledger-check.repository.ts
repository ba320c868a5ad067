import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { NO_LEASE, type JobLease, type LeasedJobStore } from '@tidegate/service';
import { Schema, type Model } from 'mongoose';
import type { LedgerCheck } from '../domain/ledger-check';

interface LedgerCheckDocument extends Omit<LedgerCheck, 'checkId'>, JobLease {
  _id: string;
}

const { Mixed } = Schema.Types;

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
export class LedgerCheckRepository implements LeasedJobStore<LedgerCheck> {
  private readonly checks: Model<LedgerCheckDocument>;
  private readonly turns: Model<TurnDocument>;

  constructor(mongo: Mongo) {
    this.checks = mongo.model('LedgerCheck', ledgerCheckSchema);
    this.turns = mongo.model('LedgerCheckTurn', turnSchema);
  }

  /** That none is running was read in the same transaction: of two at once, one is a write conflict or a duplicate key. */
  async add({ checkId, ...fields }: LedgerCheck, { session }: Transaction): Promise<void> {
    await this.checks.collection.insertOne({ _id: checkId, ...fields, ...NO_LEASE } as never, { session });
    if (await this.turns.findById(TURN, null, { session }).lean()) {
      await this.turns.updateOne({ _id: TURN }, { $set: { checkId } }, { session });
    } else await this.turns.create([{ _id: TURN, checkId }], { session });
  }

  async find(checkId: string, tx?: Transaction): Promise<LedgerCheck | null> {
    return (await this.findLeased(checkId, tx))?.job ?? null;
  }

  async findLeased(checkId: string, tx?: Transaction): Promise<{ job: LedgerCheck; lease: JobLease } | null> {
    const document = await this.checks.findById(checkId, null, { session: tx?.session }).lean<LedgerCheckDocument>();
    return document && toLeased(document);
  }

  /** Read in the same transaction. A lease, when given, is taken or renewed with it. */
  async save({ checkId, ...fields }: LedgerCheck, { session }: Transaction, lease?: JobLease): Promise<void> {
    const update = { $set: { ...fields, ...lease } };
    await this.checks.collection.updateOne({ _id: checkId as never }, update, { session });
  }

  async findRunningId(tx?: Transaction): Promise<string | undefined> {
    const turn = await this.turns.findById(TURN, null, { session: tx?.session }).lean<TurnDocument>();
    const last = turn && (await this.find(turn.checkId, tx));
    return last?.state === 'running' ? last.checkId : undefined;
  }

  /** One or none. */
  async listRunning(): Promise<string[]> {
    const checkId = await this.findRunningId();
    return checkId === undefined ? [] : [checkId];
  }

  /** Newest first, without differences; `before` is the last one's id. */
  async list(limit: number, before?: string): Promise<LedgerCheck[]> {
    const documents = await this.checks
      .find(before ? { _id: { $lt: before } } : {}, { differences: 0 })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<LedgerCheckDocument[]>();
    return documents.map((document) => ({ ...toLeased(document).job, differences: [] }));
  }
}

const toLeased = ({ _id, leaseOwner, leaseUntil, ...fields }: LedgerCheckDocument) => ({
  job: { checkId: _id, ...fields },
  lease: { leaseOwner, leaseUntil },
});
