import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { withinScope } from '../../repositories/org-scope.filter';
import type { StaffMember } from '../domain/staff-member';
import { staffSchema, type StaffDocument } from './staff.schema';

/** The bank's staff, by the subject of their tokens. */
@Injectable()
export class StaffRepository {
  private readonly staff: Model<StaffDocument>;

  constructor(mongo: Mongo) {
    this.staff = mongo.model('Staff', staffSchema);
  }

  async find(staffId: string, tx?: Transaction): Promise<StaffMember | null> {
    const document = await this.staff.findById(staffId, null, { session: tx?.session }).lean<StaffDocument>();
    return document && toMember(document);
  }

  async save({ staffId, ...fields }: StaffMember, tx: Transaction): Promise<void> {
    await this.staff.updateOne({ _id: staffId }, { $set: fields }, { session: tx.session, upsert: true });
  }

  /** By id; an empty scope means every organisation. */
  async list(scope: string, limit: number, after = ''): Promise<StaffMember[]> {
    const documents = await this.staff
      .find({ $and: [withinScope('orgPath', scope), { _id: { $gt: after } }] })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<StaffDocument[]>();
    return documents.map(toMember);
  }
}

const toMember = ({ _id, ...fields }: StaffDocument): StaffMember => ({ staffId: _id, ...fields });
