import { Injectable } from '@nestjs/common';
import { CodePoolAlarmRaised } from '@tidegate/contracts/benefits/v1/code_pools_events';
import { notFound } from '@tidegate/errors';
import { event, Mongo, newId, type Transaction, withinOrg } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import type { Model } from 'mongoose';
import {
  alarmKind,
  availableCount,
  takeCodes,
  type CodePool,
  type PoolAlarm,
  type PoolCounts,
} from '../domain/code-pool';
import {
  assignmentSchema,
  codePoolSchema,
  poolAlarmSchema,
  poolCountSchema,
  type AssignmentDocument,
  type CodePoolDocument,
  type PoolAlarmDocument,
  type PoolCountDocument,
} from './code-pool.schema';

/** Key of a code: its pool and its place in the order of import. */
export const codeIdOf = (poolId: string, position: number): string => `${poolId}:${position}`;

/** Pools, how many codes they have left, and which instance has which code. */
@Injectable()
export class CodePoolRepository {
  private readonly pools: Model<CodePoolDocument>;
  private readonly imported: Model<PoolCountDocument>;
  private readonly assigned: Model<PoolCountDocument>;
  private readonly assignments: Model<AssignmentDocument>;
  private readonly alarms: Model<PoolAlarmDocument>;

  constructor(
    mongo: Mongo,
    private readonly clock: Clock,
  ) {
    this.pools = mongo.model('CodePool', codePoolSchema);
    this.imported = mongo.model('PoolImportedCount', poolCountSchema('code_pool_imported_counts'));
    this.assigned = mongo.model('PoolAssignedCount', poolCountSchema('code_pool_assigned_counts'));
    this.assignments = mongo.model('CodeAssignment', assignmentSchema);
    this.alarms = mongo.model('CodePoolAlarm', poolAlarmSchema);
  }

  /**
   * Gives one code to each instance, in the transaction that issues them. Exact over any number of replicas: the count of given
   * codes is read and written here, so concurrent claims of one pool are write conflicts, and a code's id is unique among
   * assignments. Raises the pool's alarm when few are left.
   * @throws CODE_POOL_EMPTY when fewer codes than instances are left: then none is given; POOL_NOT_FOUND
   */
  async assign(poolId: string, instanceIds: readonly string[], tx: Transaction): Promise<void> {
    if (instanceIds.length === 0) return;
    const pool = await this.get(poolId, tx);
    const before = await this.getCounts(poolId, tx);
    const taken = takeCodes(before, instanceIds.length);
    await this.saveCount(this.assigned, poolId, taken.counts.assignedCount, tx);
    const assignedAt = this.clock.now();
    const documents = instanceIds.map((instanceId, index) => ({
      _id: instanceId,
      poolId,
      codeId: codeIdOf(poolId, taken.positions[index]!),
      assignedAt,
      shownAt: null,
    }));
    await this.assignments.collection.insertMany(documents as never[], { session: tx.session });
    await this.raiseAlarm(pool, availableCount(before), availableCount(taken.counts), tx);
  }

  /** Stores an alarm and tells of it when the fall from one count to the other sets one off. */
  async raiseAlarm(pool: CodePool, before: number, after: number, tx: Transaction): Promise<void> {
    const kind = alarmKind(before, after, pool.alarmBelowCount);
    if (!kind) return;
    const { poolId, name: poolName, providerId, orgPath, alarmBelowCount } = pool;
    const raised = { poolId, poolName, providerId, orgPath, kind, availableCount: after, alarmBelowCount };
    const alarm: PoolAlarm = { alarmId: newId(), ...raised, raisedAt: this.clock.now() };
    const { alarmId, ...fields } = alarm;
    await this.alarms.collection.insertOne({ _id: alarmId, ...fields } as never, { session: tx.session });
    tx.emit(event(CodePoolAlarmRaised, poolId, { alarm }));
  }

  async add({ poolId, ...fields }: CodePool, tx: Transaction): Promise<void> {
    await this.pools.create([{ _id: poolId, ...fields }], { session: tx.session });
    await this.imported.create([{ _id: poolId, count: 0 }], { session: tx.session });
    await this.assigned.create([{ _id: poolId, count: 0 }], { session: tx.session });
  }

  async save({ poolId, name, alarmBelowCount }: CodePool, tx: Transaction): Promise<void> {
    await this.pools.updateOne({ _id: poolId }, { $set: { name, alarmBelowCount } }, { session: tx.session });
  }

  async find(poolId: string, tx?: Transaction): Promise<CodePool | null> {
    const document = await this.pools.findById(poolId, null, { session: tx?.session }).lean<CodePoolDocument>();
    return document && toPool(document);
  }

  /** @throws POOL_NOT_FOUND */
  async get(poolId: string, tx?: Transaction): Promise<CodePool> {
    const pool = await this.find(poolId, tx);
    if (!pool) throw notFound('POOL_NOT_FOUND', 'There is no such code pool.', { poolId });
    return pool;
  }

  /** Newest first; `scope` is an organisation path, `after` the last row. */
  async list(
    limit: number,
    { scope, after }: { scope?: string; after?: { createdAt: Date; poolId: string } },
  ): Promise<CodePool[]> {
    const older = after && {
      $or: [{ createdAt: { $lt: after.createdAt } }, { createdAt: after.createdAt, _id: { $lt: after.poolId } }],
    };
    const filters = [...(scope ? [withinOrg(scope)] : []), ...(older ? [older] : [])];
    const documents = await this.pools
      .find(filters.length > 0 ? { $and: filters } : {})
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<CodePoolDocument[]>();
    return documents.map(toPool);
  }

  async getCounts(poolId: string, tx?: Transaction): Promise<PoolCounts> {
    return (await this.findCounts([poolId], tx)).get(poolId)!;
  }

  /** By pool id, zeros for a pool without any. */
  async findCounts(poolIds: readonly string[], tx?: Transaction): Promise<Map<string, PoolCounts>> {
    const countsOf = async (model: Model<PoolCountDocument>): Promise<Map<string, number>> => {
      const filter = { _id: { $in: poolIds as never[] } };
      const documents = await model.collection.find(filter, { session: tx?.session }).toArray();
      return new Map(documents.map(({ _id, count }) => [String(_id), Number(count)]));
    };
    const imported = await countsOf(this.imported);
    const assigned = await countsOf(this.assigned);
    return new Map(
      poolIds.map((id) => [id, { importedCount: imported.get(id) ?? 0, assignedCount: assigned.get(id) ?? 0 }]),
    );
  }

  async saveImportedCount(poolId: string, count: number, tx: Transaction): Promise<void> {
    await this.saveCount(this.imported, poolId, count, tx);
  }

  /** Newest first, after an alarm. */
  async listAlarms(
    limit: number,
    { scope, poolId, after }: { scope?: string; poolId?: string; after?: string },
  ): Promise<PoolAlarm[]> {
    const filters = [
      ...(scope ? [withinOrg(scope)] : []),
      ...(poolId ? [{ poolId }] : []),
      ...(after ? [{ _id: { $lt: after } }] : []),
    ];
    const documents = await this.alarms
      .find(filters.length > 0 ? { $and: filters } : {})
      .sort({ _id: -1 })
      .limit(limit)
      .lean<PoolAlarmDocument[]>();
    return documents.map(({ _id, ...fields }) => ({ alarmId: _id, ...fields }));
  }

  private async saveCount(
    model: Model<PoolCountDocument>,
    poolId: string,
    count: number,
    tx: Transaction,
  ): Promise<void> {
    await model.collection.updateOne({ _id: poolId as never }, { $set: { count } }, { session: tx.session });
  }
}

const toPool = ({ _id, ...fields }: CodePoolDocument): CodePool => ({ poolId: _id, ...fields });
