import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model, mongo } from 'mongoose';
import type { ProfileJoin } from '../domain/profile-join';
import { profileJoinSchema, type ProfileJoinDocument } from './profile-join.schema';

/** Joins of profiles; ids grow with time. */
@Injectable()
export class ProfileJoinRepository {
  private readonly model: Model<ProfileJoinDocument>;

  constructor(mongo: Mongo) {
    this.model = mongo.model('ProfileJoin', profileJoinSchema);
  }

  async add({ joinId, ...fields }: ProfileJoin, tx: Transaction): Promise<void> {
    await this.collection.insertOne({ _id: joinId, ...fields }, { session: tx.session });
  }

  /** @throws PROFILE_JOIN_NOT_FOUND when there is none of the id, or it named other customers */
  async get(joinId: string, customerId: string, tx: Transaction): Promise<ProfileJoin> {
    const document = await this.collection.findOne({ _id: joinId }, { session: tx.session });
    if (document?.customerIds.includes(customerId)) return toJoin(document);
    throw notFound('PROFILE_JOIN_NOT_FOUND', 'There is no such join of this customer.', { joinId });
  }

  async save({ joinId, ...fields }: ProfileJoin, tx: Transaction): Promise<void> {
    await this.collection.replaceOne({ _id: joinId }, fields, { session: tx.session });
  }

  /** Those that named the customer, newest first, behind one id. */
  async list(customerId: string, limit: number, after?: string): Promise<ProfileJoin[]> {
    const filter = { customerIds: customerId, ...(after !== undefined && { _id: { $lt: after } }) };
    return (await this.collection.find(filter).sort({ _id: -1 }).limit(limit).toArray()).map(toJoin);
  }

  private get collection(): mongo.Collection<ProfileJoinDocument> {
    return this.model.collection as unknown as mongo.Collection<ProfileJoinDocument>;
  }
}

const toJoin = ({ _id, ...fields }: ProfileJoinDocument): ProfileJoin => ({ joinId: _id, ...fields });
