import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model, mongo } from 'mongoose';
import type { Complaint } from '../domain/complaint';
import { complaintSchema, type ComplaintDocument } from './complaint.schema';

@Injectable()
export class ComplaintRepository {
  private readonly model: Model<ComplaintDocument>;

  constructor(mongo: Mongo) {
    this.model = mongo.model('Complaint', complaintSchema);
  }

  async add({ complaintId, ...fields }: Complaint, tx: Transaction): Promise<void> {
    await this.collection.insertOne({ _id: complaintId, ...fields }, { session: tx.session });
  }

  async find(complaintId: string, tx?: Transaction): Promise<Complaint | null> {
    const document = await this.collection.findOne({ _id: complaintId }, { session: tx?.session });
    if (!document) return null;
    const { _id, ...fields } = document;
    return { complaintId: _id, ...fields };
  }

  /** @throws COMPLAINT_NOT_FOUND */
  async get(complaintId: string, tx?: Transaction): Promise<Complaint> {
    const found = await this.find(complaintId, tx);
    if (!found) throw notFound('COMPLAINT_NOT_FOUND', 'There is no such complaint.', { complaintId });
    return found;
  }

  async save({ complaintId, ...fields }: Complaint, tx: Transaction): Promise<void> {
    await this.collection.replaceOne({ _id: complaintId }, fields, { session: tx.session });
  }

  private get collection(): mongo.Collection<ComplaintDocument> {
    return this.model.collection as unknown as mongo.Collection<ComplaintDocument>;
  }
}
