import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Lead, LeadState } from '../domain/lead';
import { leadSchema, type LeadDocument } from './lead.schema';

export interface LeadFilter {
  queue?: string;
  seatId?: string;
  customerId?: string;
  state?: LeadState;
}

/** Leads, by id, by rank in their queue and by when they are due. */
@Injectable()
export class LeadRepository {
  private readonly leads: Model<LeadDocument>;

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

  /** The waiting leads of a queue, best first. */
  async listWaiting(queue: string, limit: number, tx: Transaction): Promise<Lead[]> {
    const documents = await this.leads.collection
      .find({ queue, state: 'waiting' }, { session: tx.session })
      .sort({ urgency: -1, priority: -1, createdAt: 1, _id: 1 })
      .limit(limit)
      .toArray();
    return documents.map((document) => toLead(document as unknown as LeadDocument));
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

  async count(queue: string, states: LeadState[]): Promise<number> {
    return this.leads.countDocuments({ queue, state: { $in: states } });
  }

  async addMany(leads: Lead[], tx: Transaction): Promise<void> {
    if (leads.length === 0) return;
    await this.leads.collection.insertMany(leads.map(toDocument) as never[], { session: tx.session, ignoreUndefined: true });
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
}

function toDocument({ leadId, ...fields }: Lead): LeadDocument {
  return { _id: leadId, ...fields };
}

function toLead({ _id, ...fields }: LeadDocument): Lead {
  return {
    ...fields,
    leadId: _id,
    offeredAt: fields.offeredAt ?? undefined,
    offerExpiresAt: fields.offerExpiresAt ?? undefined,
    acceptedAt: fields.acceptedAt ?? undefined,
    callBackAt: fields.callBackAt ?? undefined,
    closedAt: fields.closedAt ?? undefined,
    dueAt: fields.dueAt ?? undefined,
  };
}
