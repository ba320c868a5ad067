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
  withdrawCodes,
  type CodePool,
  type CodeQueue,
  type PoolAlarm,
  type PoolCounts,
} from '../domain/code-pool';
import type { CodeRange } from '../domain/code-range';
import {
  assignmentSchema,
  codePoolSchema,
  poolAlarmSchema,
  poolAssignedSchema,
  poolImportedSchema,
  type AssignmentDocument,
  type CodePoolDocument,
  type PoolAlarmDocument,
  type PoolAssignedDocument,
  type PoolCountDocument,
} from './code-pool.schema';

/** Key of a code: its pool and its place in the order of import. */
export const codeIdOf = (poolId: string, position: number): string => `${poolId}:${position}`;

/** Pools, how many codes they have left, and which instance has which code. */
@Injectable()
export class CodePoolRepository {
  private readonly pools: Model<CodePoolDocument>;
  private readonly imported: Model<PoolCountDocument>;
  private readonly assigned: Model<PoolAssignedDocument>;
  private readonly assignments: Model<AssignmentDocument>;
  private readonly alarms: Model<PoolAlarmDocument>;

  constructor(
    mongo: Mongo,
    private readonly clock: Clock,
  ) {
    this.pools = mongo.model('CodePool', codePoolSchema);
    this.imported = mongo.model('PoolImportedCount', poolImportedSchema);
    this.assigned = mongo.model('PoolAssignedCount', poolAssignedSchema);
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
    const before = await this.getQueue(poolId, tx);
    const taken = takeCodes(before, instanceIds.length);
    await this.saveQueue(poolId, before, taken.queue, tx);
    const assignedAt = this.clock.now();
    const documents = instanceIds.map((instanceId, index) => ({
      _id: instanceId,
      poolId,
      codeId: codeIdOf(poolId, taken.positions[index]!),
      assignedAt,
      shownAt: null,
    }));
    await this.assignments.collection.insertMany(documents as never[], { session: tx.session });
    await this.raiseAlarm(pool, availableCount(before), availableCount(taken.queue), tx);
  }

  /**
   * Takes the places that are not given yet out of what is given, and tells how many they were. Exact as `assign` is: both write the
   * same count, so a code is either given or withdrawn.
   * @throws POOL_NOT_FOUND
   */
  async withdraw(poolId: string, ranges: readonly CodeRange[], tx: Transaction): Promise<number> {
    const pool = await this.get(poolId, tx);
    const before = await this.getQueue(poolId, tx);
    const after = withdrawCodes(before, ranges);
    if (after.withdrawnCount === before.withdrawnCount) return 0;
    await this.saveQueue(poolId, before, after, tx);
    await this.raiseAlarm(pool, availableCount(before), availableCount(after), tx);
    return after.withdrawnCount - before.withdrawnCount;
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
    const queues = await this.findQueues(poolIds, tx);
    return new Map([...queues].map(([poolId, { withdrawn: _withdrawn, ...counts }]) => [poolId, counts]));
  }

  /** A pool's codes as they are given, empty for a pool without any. */
  async getQueue(poolId: string, tx?: Transaction): Promise<CodeQueue> {
    return (await this.findQueues([poolId], tx)).get(poolId)!;
  }

  async saveImportedCount(poolId: string, count: number, tx: Transaction): Promise<void> {
    await this.imported.collection.updateOne({ _id: poolId as never }, { $set: { count } }, { session: tx.session });
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

  private async findQueues(poolIds: readonly string[], tx?: Transaction): Promise<Map<string, CodeQueue>> {
    const countsOf = async <T extends PoolCountDocument>(model: Model<T>): Promise<Map<string, T>> => {
      const filter = { _id: { $in: poolIds as never[] } };
      const documents = await model.collection.find(filter, { session: tx?.session }).toArray();
      return new Map(documents.map((document) => [String(document._id), document as unknown as T]));
    };
    const imported = await countsOf(this.imported);
    const assigned = await countsOf(this.assigned);
    return new Map(poolIds.map((id) => [id, toQueue(imported.get(id), assigned.get(id))]));
  }

  /** Writes the withdrawn places only when they change: most pools have none. */
  private async saveQueue(poolId: string, before: CodeQueue, after: CodeQueue, tx: Transaction): Promise<void> {
    const { assignedCount: count, withdrawnCount, withdrawn } = after;
    const isSame = withdrawnCount === before.withdrawnCount && withdrawn.length === before.withdrawn.length;
    const changed = {
      count,
      ...(!isSame && { withdrawnCount, withdrawn: withdrawn.flatMap(({ from, to }) => [from, to]) }),
    };
    await this.assigned.collection.updateOne({ _id: poolId as never }, { $set: changed }, { session: tx.session });
  }
}

const toPool = ({ _id, ...fields }: CodePoolDocument): CodePool => ({ poolId: _id, ...fields });

const toQueue = (imported?: PoolCountDocument, assigned?: PoolAssignedDocument): CodeQueue => ({
  importedCount: imported?.count ?? 0,
  assignedCount: assigned?.count ?? 0,
  withdrawnCount: assigned?.withdrawnCount ?? 0,
  withdrawn: toRanges(assigned?.withdrawn ?? []),
});

const toRanges = (ends: readonly number[]): CodeRange[] =>
  ends.flatMap((from, index) => (index % 2 === 0 ? [{ from, to: ends[index + 1]! }] : []));
