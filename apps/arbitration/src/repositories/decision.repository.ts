import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { nextDueAt, type DecisionRecord } from '../domain/decision';
import { unansweredAt } from '../domain/unanswered';
import { packCandidates, unpackCandidates } from './candidate-packing';
import { packVersions, unpackVersions } from './engagement-packing';
import { decisionSchema, type DecisionDocument } from './decision.schema';

/** More than any slot of a queue is planned for. */
const HOLDING_MAX = 5_000;
const READ_AT_ONCE = 500;

/** Decision records: by id, by customer, by push, and by what runs out. */
@Injectable()
export class DecisionRepository {
  private readonly decisions: Model<DecisionDocument>;

  constructor(mongo: Mongo) {
    this.decisions = mongo.model('Decision', decisionSchema);
  }

  async find(decisionId: string, tx?: Transaction): Promise<DecisionRecord | null> {
    return (await this.findMany([decisionId], tx)).get(decisionId) ?? null;
  }

  async findMany(decisionIds: readonly string[], tx?: Transaction): Promise<Map<string, DecisionRecord>> {
    const documents = await this.decisions.collection
      .find({ _id: { $in: [...new Set(decisionIds)] as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(
      documents.map((document) => [String(document._id), toRecord(document as unknown as DecisionDocument)]),
    );
  }

  async addMany(records: readonly DecisionRecord[], tx: Transaction): Promise<void> {
    if (records.length === 0) return;
    await this.decisions.collection.insertMany(records.map(toDocument) as never[], { session: tx.session });
  }

  /** Writes what an outcome or an expiry changed. Read in the same transaction. */
  async saveMany(records: readonly DecisionRecord[], tx: Transaction): Promise<void> {
    if (records.length === 0) return;
    const operations = records.map((record) => {
      const { decisionId, outcomes, reservation, expiresAt, isTaught, capacityMoveCount } = record;
      const moves = capacityMoveCount === undefined ? {} : { capacityMoveCount };
      return {
        updateOne: {
          filter: { _id: decisionId as never },
          update: withDue(record, { outcomes, reservation, expiresAt, isTaught, ...moves }),
        },
      };
    });
    await this.decisions.collection.bulkWrite(operations as never[], { session: tx.session, ordered: false });
  }

  /** Writes that the benefits of these decisions were claimed. Read in the same transaction. */
  async saveClaimed(decisionIds: readonly string[], tx: Transaction): Promise<void> {
    if (decisionIds.length === 0) return;
    const filter = { _id: { $in: decisionIds as never[] } };
    await this.decisions.collection.updateMany(filter, { $set: { isClaimed: true } }, { session: tx.session });
  }

  /** Writes what the end of quiet hours made of queued decisions. Read in the same transaction. */
  async saveSettled(records: readonly DecisionRecord[], tx: Transaction): Promise<void> {
    if (records.length === 0) return;
    const operations = records.map((record) => {
      const { decisionId, queuedUntil, group, reason, reservation, expiresAt } = record;
      const candidates = packCandidates(record.candidates);
      return {
        updateOne: {
          filter: { _id: decisionId as never },
          update: withDue(record, { queuedUntil, group, reason, reservation, expiresAt, candidates }),
        },
      };
    });
    await this.decisions.collection.bulkWrite(operations as never[], { session: tx.session, ordered: false });
  }

  /** Writes why decisions were retracted, and that their reservations ended. Read in the same transaction. */
  async saveRetracted(records: readonly DecisionRecord[], tx: Transaction): Promise<void> {
    if (records.length === 0) return;
    const operations = records.map((record) => {
      const { decisionId, retractedReason, retractedAt, reservation, expiresAt } = record;
      return {
        updateOne: {
          filter: { _id: decisionId as never },
          update: withDue(record, { retractedReason, retractedAt, reservation, expiresAt }),
        },
      };
    });
    await this.decisions.collection.bulkWrite(operations as never[], { session: tx.session, ordered: false });
  }

  /** Of these decisions, what whoever is about to send them has to know. */
  async listSendable(decisionIds: readonly string[]): Promise<SendableDecision[]> {
    const asked = {
      customerId: 1,
      strategyId: 1,
      queue: 1,
      channel: 1,
      purpose: 1,
      'push.pushId': 1,
      retractedReason: 1,
      retractedAt: 1,
    };
    const documents = await this.decisions
      .find({ _id: { $in: [...new Set(decisionIds)] } }, asked)
      .lean<(Omit<SendableDecision, 'decisionId' | 'pushId'> & { _id: string; push?: { pushId: string } })[]>();
    return documents.map(({ _id, push, ...fields }) => ({ decisionId: _id, ...fields, pushId: push?.pushId }));
  }

  /** Writes which unit of people's time decisions hold from now on. Read in the same transaction. */
  async saveHolds(records: readonly DecisionRecord[], tx: Transaction): Promise<void> {
    if (records.length === 0) return;
    const operations = records.map((record) => {
      const { decisionId, capacityPools, capacitySlot, promisedAt, expiresAt } = record;
      const { capacityMoveCount, leadMoveCount = 0 } = record;
      const moves = { capacityMoveCount, leadMoveCount };
      return {
        updateOne: {
          filter: { _id: decisionId as never },
          update: withDue(record, { capacityPools, capacitySlot, promisedAt, expiresAt, ...moves }),
        },
      };
    });
    await this.decisions.collection.bulkWrite(operations as never[], { session: tx.session, ordered: false });
  }

  /** Decisions that hold a unit of a slot in a pool, without their candidates. However many held one before, they are passed over as they are read. */
  async listHolding(pool: string, slot: string, tx: Transaction): Promise<DecisionRecord[]> {
    const holding: DecisionRecord[] = [];
    const ofSlot = { capacityPools: pool, capacitySlot: slot };
    const all = this.decisions.collection.find(ofSlot, {
      ...{ session: tx.session, projection: { candidates: 0, inputs: 0 }, batchSize: READ_AT_ONCE },
    });
    for await (const document of all) {
      if (document.reservation !== 'reserved') continue;
      holding.push(toRecord(document as unknown as DecisionDocument));
      if (holding.length === HOLDING_MAX) break;
    }
    return holding;
  }

  async deleteMany(decisionIds: readonly string[]): Promise<void> {
    await this.decisions.collection.deleteMany({ _id: { $in: decisionIds as never[] } });
  }

  /** One customer's newest, without their candidates. */
  async listNewest(customerId: string, limit: number, tx: Transaction): Promise<DecisionRecord[]> {
    const documents = await this.decisions
      .find({ customerId }, { candidates: 0, inputs: 0 })
      .session(tx.session)
      .sort({ sortKey: -1 })
      .limit(limit)
      .lean<DecisionDocument[]>();
    return documents.map(toRecord);
  }

  /** One customer's, newest first; `before` is the last row's key. */
  async listOfCustomer(customerId: string, limit: number, before?: string): Promise<DecisionRecord[]> {
    const documents = await this.decisions
      .find({ customerId, ...(before && { sortKey: { $lt: before } }) })
      .sort({ sortKey: -1 })
      .limit(limit)
      .lean<DecisionDocument[]>();
    return documents.map(toRecord);
  }

  /**
   * One push's, ranked first, then as they were listed; `after` is the last row's order, `last` no less than the highest one. Asked for in windows,
   * for a database may read a whole range before it sorts and cuts it; they grow, for members without a rank leave gaps.
   */
  async listOfPush(
    pushId: string,
    limit: number,
    { after, last }: { after: number; last: number },
  ): Promise<DecisionRecord[]> {
    const found: DecisionDocument[] = [];
    for (let from = after, span = limit; from < last && found.length < limit; from += span, span *= 2) {
      const window = { 'push.pushId': pushId, 'push.order': { $gt: from, $lte: from + span } };
      const documents = await this.decisions
        .find(window, { candidates: 0 })
        .sort({ 'push.order': 1 })
        .limit(limit - found.length)
        .lean<DecisionDocument[]>();
      found.push(...documents);
    }
    return found.map(toRecord);
  }

  /** Stopped decisions whose capacity, quotas and promised units were not given back yet, the first stopped first. */
  async listStopped(limit: number): Promise<string[]> {
    const documents = await this.decisions
      .find({ stoppedAt: { $gt: new Date(0) } }, { _id: 1 })
      .sort({ stoppedAt: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }

  /** Makes those of a push that wait for the end of quiet hours due now. A repeat changes nothing more. */
  async hastenQueued(pushId: string, now: Date): Promise<void> {
    const waiting = { 'push.pushId': pushId, queuedUntil: { $gt: now }, dueAt: { $gt: now } };
    await this.decisions.collection.updateMany(waiting as never, { $set: { dueAt: now } });
  }

  /** Messages that nobody answered in time and that their model slots have not learnt of, the first of them first. */
  async listUnanswered(now: Date, limit: number): Promise<string[]> {
    const documents = await this.decisions
      .find({ unansweredAt: { $lte: now } }, { _id: 1 })
      .sort({ unansweredAt: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }

  /** Decisions about which something is to be done, longest due first. */
  async listDue(now: Date, limit: number): Promise<DueDecision[]> {
    const documents = await this.decisions
      .find({ dueAt: { $lte: now } }, { _id: 1, reservation: 1, queuedUntil: 1 })
      .sort({ dueAt: 1 })
      .limit(limit)
      .lean<(Omit<DueDecision, 'decisionId'> & { _id: string })[]>();
    return documents.map(({ _id, reservation, queuedUntil }) => ({ decisionId: _id, reservation, queuedUntil }));
  }
}

type SendableDecision = Pick<
  DecisionRecord,
  'decisionId' | 'customerId' | 'strategyId' | 'queue' | 'channel' | 'purpose' | 'retractedReason' | 'retractedAt'
> & { pushId: string | undefined };
type DueDecision = Pick<DecisionRecord, 'decisionId' | 'reservation' | 'queuedUntil'>;

/** A change of some fields, with when the record is due next and whether something is to be given back. */
function withDue(record: DecisionRecord, fields: Record<string, unknown>): Record<string, unknown> {
  const dueAt = nextDueAt(record);
  const { stoppedAt } = record;
  // Left out rather than null, so that the indexes hold those alone that something is to be done about.
  const silentAt = unansweredAt(record);
  const unset = {
    ...(dueAt === null && { dueAt: '' }),
    ...(stoppedAt === null && { stoppedAt: '' }),
    ...(record.isTaught && { unansweredAt: '' }),
  };
  return {
    $set: {
      ...fields,
      ...(dueAt !== null && { dueAt }),
      ...(stoppedAt != null && { stoppedAt }),
      ...(silentAt !== null && { unansweredAt: silentAt }),
    },
    ...(Object.keys(unset).length > 0 && { $unset: unset }),
  };
}

export const sortKeyOf = ({ decidedAt, decisionId }: Pick<DecisionRecord, 'decidedAt' | 'decisionId'>): string =>
  `${decidedAt.toISOString()}|${decisionId}`;

function toDocument(record: DecisionRecord): DecisionDocument {
  const { decisionId, push, candidates, engagementVersions = [], ...fields } = record;
  const dueAt = nextDueAt(record);
  return {
    _id: decisionId,
    ...fields,
    candidates: packCandidates(candidates),
    ...(engagementVersions.length > 0 && { engagementVersions: packVersions(engagementVersions) }),
    // Left out rather than null, so that the push's index holds members alone.
    ...((push === null ? {} : { push }) as Pick<DecisionDocument, 'push'>),
    sortKey: sortKeyOf(record),
    ...(dueAt !== null && { dueAt }),
  };
}

function toRecord(document: DecisionDocument): DecisionRecord {
  const {
    _id,
    sortKey: _sortKey,
    dueAt: _dueAt,
    unansweredAt: _at,
    candidates,
    engagementVersions,
    ...fields
  } = document;
  return {
    decisionId: _id,
    ...fields,
    push: fields.push ?? null,
    candidates: candidates === undefined ? [] : unpackCandidates(candidates),
    engagementVersions: engagementVersions === undefined ? [] : unpackVersions(engagementVersions),
  };
}
