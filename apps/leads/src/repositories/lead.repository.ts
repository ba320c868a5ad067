import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Lead, LeadState } from '../domain/lead';
import { OWN_KEYS, rankKey } from '../domain/rank';
import { leadSchema, type LeadDocument } from './lead.schema';

export interface LeadFilter {
  queue?: string;
  seatId?: string;
  customerId?: string;
  state?: LeadState;
}

/** Ranks of leads that wait for one seat or team alone, and how many of them are wanted. */
export interface KeptKeys {
  from: string;
  to: string;
  limit: number;
}

/** Waiting leads of a queue, but for those of strategies that hold theirs back. */
export interface Offerable {
  queue: string;
  held: readonly string[];
}

/** What a customer was promised is never held back. */
const offerable = ({ queue, held }: Offerable): Record<string, unknown> => ({
  queue,
  state: 'waiting',
  ...(held.length > 0 && { $or: [{ urgency: { $gt: 0 } }, { strategyId: { $nin: held } }] }),
});

/** How far a full read of a queue looks ahead, and how many queues' look-ahead is remembered. */
const READ_AHEAD = 256;
const BOUNDS_MAX = 10_000;
/** Of leads that are kept for seats and teams: fewer are read at once, whoever they are for. */
const KEPT_MAX = 500;
const KEPT_FOR_MAX = 5_000;

/** Leads, by id, by rank in their queue and by when they are due. */
@Injectable()
export class LeadRepository {
  private readonly leads: Model<LeadDocument>;
  /**
   * For each queue a rank that some hundred leads were before: a hint that keeps reads of a long queue short on servers
   * that read a whole range before they apply a limit. A read that finds too few falls back to the whole queue.
   */
  private readonly bounds = new Map<string, string>();

  constructor(mongo: Mongo) {
    this.leads = mongo.model('Lead', leadSchema);
  }

  async find(leadId: string): Promise<Lead | undefined> {
    return (await this.findMany([leadId])).get(leadId);
  }

  async findMany(leadIds: string[], tx?: Transaction): Promise<Map<string, Lead>> {
    if (leadIds.length === 0) return new Map();
    const documents = await this.leads.collection
      .find({ _id: { $in: leadIds as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(documents.map((document) => [String(document._id), toLead(document as unknown as LeadDocument)]));
  }

  /** Ids among these that exist already. */
  async findKnown(leadIds: string[], tx: Transaction): Promise<Set<string>> {
    const documents = await this.leads.collection
      .find({ _id: { $in: leadIds as never[] } }, { session: tx.session, projection: { _id: 1 } })
      .toArray();
    return new Set(documents.map((document) => String(document._id)));
  }

  /** The waiting leads of a queue, best first: exactly the best `limit`, or all when there are fewer. */
  async listWaiting(of: Offerable, limit: number, tx: Transaction): Promise<Lead[]> {
    const { queue } = of;
    const bound = this.bounds.get(queue);
    const near = bound === undefined ? [] : await this.readWaiting(of, limit, tx, bound);
    if (near.length >= limit) return near;
    const all = await this.readWaiting(of, Math.max(limit, READ_AHEAD), tx);
    if (this.bounds.size >= BOUNDS_MAX) this.bounds.clear();
    const last = all.length >= READ_AHEAD ? all.at(-1) : undefined;
    if (last) this.bounds.set(queue, rankKey(last));
    else this.bounds.delete(queue);
    return all.slice(0, limit);
  }

  /** The best waiting leads of a queue that are for one of the seats or teams alone: of each the best, or of all when there are few. */
  async listKept(of: Offerable, kept: readonly KeptKeys[], tx: Transaction): Promise<Lead[]> {
    const keptWaiting = { ...offerable(of), rank: { $gte: OWN_KEYS } };
    const all = await this.findByRank(keptWaiting, KEPT_MAX, tx);
    if (all.length < KEPT_MAX) return all;
    const found: Lead[] = [];
    // One after another: a session runs one operation at a time.
    for (const { from, to, limit } of kept) {
      found.push(...(await this.findByRank({ ...keptWaiting, rank: { $gte: from, $lt: to } }, limit, tx)));
    }
    return found;
  }

  /** The seats and teams that leads of a queue wait for alone; of very many leads those of the first. */
  async listKeptFor(queue: string, tx: Transaction): Promise<{ seatIds: string[]; teamIds: string[] }> {
    const filter = { queue, state: 'waiting', rank: { $gte: OWN_KEYS } };
    const kept = await this.leads.collection
      .find(filter, { session: tx.session, projection: { onlySeatId: 1, teamId: 1 } })
      .limit(KEPT_FOR_MAX)
      .toArray();
    const named = (field: 'onlySeatId' | 'teamId'): string[] =>
      [...new Set(kept.map((lead) => String(lead[field] ?? '')))].filter((id) => id !== '');
    return { seatIds: named('onlySeatId'), teamIds: named('teamId') };
  }

  /** Leads of customers that are not closed. */
  async listOpenOf(customerIds: readonly string[], tx: Transaction): Promise<Lead[]> {
    if (customerIds.length === 0) return [];
    return (await this.findOf(customerIds, tx)).filter(({ state }) => state !== 'closed');
  }

  async hasWaiting(queue: string): Promise<boolean> {
    return (await this.leads.exists({ queue, state: 'waiting' })) !== null;
  }

  /** Ids of leads that time moves by now, longest due first. */
  async listDue(now: Date, limit: number): Promise<string[]> {
    const documents = await this.leads
      .find({ dueAt: { $lte: now } }, { _id: 1 })
      .sort({ dueAt: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }

  /** Waiting leads whose channel may be quiet by now, but for those of strategies that are held: they are not offered anyhow. */
  async listToAsk(
    now: Date,
    held: readonly string[],
    limit: number,
  ): Promise<{ leadId: string; decisionId: string }[]> {
    const documents = await this.leads
      .find(
        { quietFrom: { $lte: now }, state: 'waiting', urgency: 0, strategyId: { $nin: held } },
        { _id: 1, decisionId: 1 },
      )
      .sort({ quietFrom: 1 })
      .limit(limit)
      .lean<{ _id: string; decisionId: string }[]>();
    return documents.map(({ _id, decisionId }) => ({ leadId: _id, decisionId }));
  }

  /** Newest first; `after` is the last row. */
  async list(
    { queue, seatId, customerId, state }: LeadFilter,
    limit: number,
    after?: { createdAt: Date; leadId: string },
  ): Promise<Lead[]> {
    const older = after && {
      $or: [{ createdAt: { $lt: after.createdAt } }, { createdAt: after.createdAt, _id: { $lt: after.leadId } }],
    };
    const filter = { ...(queue && { queue }), ...(seatId && { seatId }), ...(customerId && { customerId }) };
    const documents = await this.leads
      .find({ ...filter, ...(state && { state }), ...older })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<LeadDocument[]>();
    return documents.map(toLead);
  }

  /** Leads of customers that no seat has accepted yet. */
  async listUnaccepted(customerIds: readonly string[], tx: Transaction): Promise<Lead[]> {
    const leads = await this.findOf(customerIds, tx);
    return leads.filter(({ state }) => state === 'scheduled' || state === 'waiting' || state === 'offered');
  }

  /** Ids of leads of a strategy that its end may end. */
  async listStoppable(strategyId: string, limit: number): Promise<string[]> {
    const states: LeadState[] = ['scheduled', 'waiting', 'offered'];
    const documents = await this.leads
      .find({ strategyId, state: { $in: states }, urgency: 0 }, { _id: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }

  async count(queue: string, states: LeadState[]): Promise<number> {
    return this.leads.countDocuments({ queue, state: { $in: states } });
  }

  async addMany(leads: Lead[], tx: Transaction): Promise<void> {
    if (leads.length === 0) return;
    await this.leads.collection.insertMany(leads.map(toDocument) as never[], {
      session: tx.session,
      ignoreUndefined: true,
    });
  }

  /** Of leads that are not there: whoever makes one of them in a transaction beside this one meets a write conflict. */
  async keepOut(leadIds: readonly string[], tx: Transaction): Promise<void> {
    if (leadIds.length === 0) return;
    const { collection } = this.leads;
    await collection.insertMany(leadIds.map((_id) => ({ _id })) as never[], { session: tx.session });
    await collection.deleteMany({ _id: { $in: leadIds as never[] } }, { session: tx.session });
  }

  /** Read in the same transaction: a concurrent change is a write conflict. */
  async saveMany(leads: Lead[], tx: Transaction): Promise<void> {
    if (leads.length === 0) return;
    await this.leads.collection.bulkWrite(
      leads.map((lead) => ({
        replaceOne: { filter: { _id: lead.leadId as never }, replacement: toDocument(lead) as never },
      })),
      // Times that are not set are left out: the sparse index of due times holds only leads that are due some time.
      { session: tx.session, ordered: false, ignoreUndefined: true },
    );
  }

  private async findOf(customerIds: readonly string[], tx: Transaction): Promise<Lead[]> {
    const documents = await this.leads.collection
      .find({ customerId: { $in: [...customerIds] } }, { session: tx.session })
      .toArray();
    return documents.map((document) => toLead(document as unknown as LeadDocument));
  }

  private async findByRank(filter: Record<string, unknown>, limit: number, tx: Transaction): Promise<Lead[]> {
    const documents = await this.leads.collection
      .find(filter, { session: tx.session })
      .sort({ rank: 1 })
      .limit(limit)
      .toArray();
    return documents.map((document) => toLead(document as unknown as LeadDocument));
  }

  private async readWaiting(of: Offerable, limit: number, tx: Transaction, bound?: string): Promise<Lead[]> {
    const rank = bound === undefined ? { $lt: OWN_KEYS } : { $lte: bound };
    return this.findByRank({ ...offerable(of), rank }, limit, tx);
  }
}

function toDocument(lead: Lead): LeadDocument {
  const { leadId, ...fields } = lead;
  return { _id: leadId, ...fields, rank: rankKey(lead) };
}

function toLead({ _id, rank: _rank, ...fields }: LeadDocument): Lead {
  return {
    // Leads of before there was coordination.
    ...{
      ownerId: '',
      onlySeatId: '',
      teamId: '',
      route: [],
      routeStep: 0,
      steps: [],
      moveCount: 0,
      capacityMoveCount: 0,
      retractedReason: '',
    },
    ...fields,
    leadId: _id,
    stepEndsAt: fields.stepEndsAt ?? undefined,
    promisedAt: fields.promisedAt ?? undefined,
    quietFrom: fields.quietFrom ?? undefined,
    offeredAt: fields.offeredAt ?? undefined,
    offerExpiresAt: fields.offerExpiresAt ?? undefined,
    acceptedAt: fields.acceptedAt ?? undefined,
    callBackAt: fields.callBackAt ?? undefined,
    closedAt: fields.closedAt ?? undefined,
    dueAt: fields.dueAt ?? undefined,
  };
}
