import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Goal, GoalMember } from '../domain/goal';
import { ofSubtree } from './org-filter';
import { goalMemberSchema, goalSchema, type GoalDocument, type GoalMemberDocument } from './goal.schema';

const memberId = (goalId: string, customerId: string): string => `${goalId}|${customerId}`;

/** Goals with their counts, and the customers who count for them. */
@Injectable()
export class GoalRepository {
  private readonly goals: Model<GoalDocument>;
  private readonly members: Model<GoalMemberDocument>;

  constructor(mongo: Mongo) {
    this.goals = mongo.model('Goal', goalSchema);
    this.members = mongo.model('GoalMember', goalMemberSchema);
  }

  async find(goalId: string, tx?: Transaction): Promise<Goal | null> {
    return (await this.findMany([goalId], tx)).get(goalId) ?? null;
  }

  async findMany(goalIds: readonly string[], tx?: Transaction): Promise<Map<string, Goal>> {
    if (goalIds.length === 0) return new Map();
    const documents = await this.goals
      .find({ _id: { $in: [...new Set(goalIds)] } }, null, { session: tx?.session })
      .lean<GoalDocument[]>();
    return new Map(documents.map((document) => [document._id, toGoal(document)]));
  }

  async findOfStrategies(strategyIds: readonly string[], tx: Transaction): Promise<Goal[]> {
    if (strategyIds.length === 0) return [];
    const documents = await this.goals
      .find({ strategyId: { $in: [...new Set(strategyIds)] } }, null, { session: tx.session })
      .lean<GoalDocument[]>();
    return documents.map(toGoal);
  }

  async findOfFactTypes(factTypes: readonly string[], tx: Transaction): Promise<Goal[]> {
    if (factTypes.length === 0) return [];
    const documents = await this.goals
      .find({ factType: { $in: [...new Set(factTypes)] } }, null, { session: tx.session })
      .lean<GoalDocument[]>();
    return documents.map(toGoal);
  }

  /** Writes the goals that were read in the same transaction: of two batches at once, one is run again. */
  async saveMany(goals: readonly Goal[], tx: Transaction): Promise<void> {
    for (const { goalId, ...fields } of goals) {
      await this.goals.replaceOne({ _id: goalId }, fields, { session: tx.session, upsert: true });
    }
  }

  /** In id order. */
  async list(
    limit: number,
    { scope, strategyId, after }: { scope?: string; strategyId?: string; after?: string },
  ): Promise<Goal[]> {
    const documents = await this.goals
      .find({
        ...ofSubtree(scope),
        ...(strategyId !== undefined && { strategyId }),
        ...(after !== undefined && { _id: { $gt: after } }),
      })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<GoalDocument[]>();
    return documents.map(toGoal);
  }

  async findMembers(
    keys: readonly Pick<GoalMember, 'goalId' | 'customerId'>[],
    tx: Transaction,
  ): Promise<GoalMember[]> {
    if (keys.length === 0) return [];
    const ids = [...new Set(keys.map(({ goalId, customerId }) => memberId(goalId, customerId)))];
    const documents = await this.members
      .find({ _id: { $in: ids } }, null, { session: tx.session })
      .lean<GoalMemberDocument[]>();
    return documents.map(toMember);
  }

  async findMembersOfCustomers(customerIds: readonly string[], tx: Transaction): Promise<GoalMember[]> {
    if (customerIds.length === 0) return [];
    const documents = await this.members
      .find({ customerId: { $in: [...new Set(customerIds)] } }, null, { session: tx.session })
      .lean<GoalMemberDocument[]>();
    return documents.map(toMember);
  }

  async saveMembers(members: readonly GoalMember[], tx: Transaction): Promise<void> {
    if (members.length === 0) return;
    const operations = members.map((member) => ({
      updateOne: {
        filter: { _id: memberId(member.goalId, member.customerId) as never },
        update: { $set: { ...member } },
        upsert: true,
      },
    }));
    await this.members.collection.bulkWrite(operations as never[], { session: tx.session, ordered: false });
  }
}

const toGoal = ({ _id, ...fields }: GoalDocument): Goal => ({ goalId: _id, ...fields });
const toMember = ({ _id: _ignored, ...member }: GoalMemberDocument): GoalMember => member;
