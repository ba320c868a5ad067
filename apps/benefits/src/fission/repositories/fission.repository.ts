import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { FissionMember, MemberState } from '../domain/fission-member';
import {
  fissionDeviceSchema,
  fissionMemberSchema,
  inviteSchema,
  type FissionDeviceDocument,
  type FissionMemberDocument,
  type InviteDocument,
} from './fission.schema';

const keyOf = ({ campaignId, customerId }: Pick<FissionMember, 'campaignId' | 'customerId'>): string =>
  `${campaignId}|${customerId}`;

/** Members of campaigns as nodes of invite trees, their invite codes, and their devices. */
@Injectable()
export class FissionRepository {
  private readonly members: Model<FissionMemberDocument>;
  private readonly invites: Model<InviteDocument>;
  private readonly devices: Model<FissionDeviceDocument>;

  constructor(mongo: Mongo) {
    this.members = mongo.model('FissionMember', fissionMemberSchema);
    this.invites = mongo.model('FissionInvite', inviteSchema);
    this.devices = mongo.model('FissionDevice', fissionDeviceSchema);
  }

  async find(campaignId: string, customerId: string, tx?: Transaction): Promise<FissionMember | null> {
    return (await this.findMany([{ campaignId, customerId }], tx))[0] ?? null;
  }

  /** @throws MEMBER_NOT_FOUND */
  async get(campaignId: string, customerId: string, tx?: Transaction): Promise<FissionMember> {
    const member = await this.find(campaignId, customerId, tx);
    if (!member) throw notFound('MEMBER_NOT_FOUND', 'This customer takes no part in the campaign.');
    return member;
  }

  async findMany(
    keys: readonly Pick<FissionMember, 'campaignId' | 'customerId'>[],
    tx?: Transaction,
  ): Promise<FissionMember[]> {
    const documents = await this.members.collection
      .find({ _id: { $in: [...new Set(keys.map(keyOf))] as never[] } }, { session: tx?.session })
      .toArray();
    return documents.map((document) => toMember(document as unknown as FissionMemberDocument));
  }

  /** Read in the same transaction; a race of two that are new ends in a duplicate key, which runs it again. */
  async save(member: FissionMember, isNew: boolean, tx: Transaction): Promise<void> {
    const [_id, { session }] = [keyOf(member) as never, tx];
    if (isNew) await this.members.collection.insertOne({ _id, ...member }, { session });
    else await this.members.collection.replaceOne({ _id }, { ...member }, { session });
  }

  /** Those of the customers who were invited, whether they have met the condition or not. */
  async listInvited(customerIds: readonly string[], tx: Transaction): Promise<FissionMember[]> {
    const documents = await this.members.collection
      .find(
        { customerId: { $in: customerIds as string[] }, state: { $in: ['joined', 'qualified'] } },
        { session: tx.session },
      )
      .toArray();
    return documents.map((document) => toMember(document as unknown as FissionMemberDocument));
  }

  /** Whom a customer has invited, oldest first; `after` is the last row. */
  async listInvitees(
    { campaignId, customerId }: FissionMember,
    limit: number,
    after?: { joinedAt: Date; customerId: string },
  ): Promise<FissionMember[]> {
    const key = after && keyOf({ campaignId, customerId: after.customerId });
    const later = after && {
      $or: [{ joinedAt: { $gt: after.joinedAt } }, { joinedAt: after.joinedAt, _id: { $gt: key } }],
    };
    const documents = await this.members
      .find({ campaignId, inviterId: customerId, ...later })
      .sort({ joinedAt: 1, _id: 1 })
      .limit(limit)
      .lean<FissionMemberDocument[]>();
    return documents.map(toMember);
  }

  async count(campaignId: string, state: MemberState): Promise<number> {
    return this.members.countDocuments({ campaignId, state });
  }

  async addInvite(code: string, invite: Omit<InviteDocument, '_id'>, tx: Transaction): Promise<void> {
    if (await this.findInvite(code, tx)) return;
    await this.invites.collection.insertOne({ _id: code as never, ...invite }, { session: tx.session });
  }

  async findInvite(code: string, tx?: Transaction): Promise<Omit<InviteDocument, '_id'> | null> {
    return this.invites.findById(code, null, { session: tx?.session }).lean<InviteDocument>();
  }

  async findDevice(deviceKey: string, tx: Transaction): Promise<readonly string[]> {
    const found = await this.devices.findById(deviceKey, null, { session: tx.session }).lean<FissionDeviceDocument>();
    return found?.customerIds ?? [];
  }

  async saveDevice(deviceKey: string, customerIds: readonly string[], tx: Transaction): Promise<void> {
    const _id = deviceKey as never;
    const { session } = tx;
    if (customerIds.length === 1) await this.devices.collection.insertOne({ _id, customerIds }, { session });
    else await this.devices.collection.updateOne({ _id }, { $set: { customerIds } }, { session });
  }
}

const toMember = ({ _id, ...member }: FissionMemberDocument): FissionMember => member;
