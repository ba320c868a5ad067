import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { NO_LEASE, type JobLease, type LeasedJobStore } from '@tidegate/service';
import type { Model } from 'mongoose';
import type { SimulatedCustomer } from '../domain/simulated-customer';
import type { Simulation } from '../domain/simulation';
import {
  simulationPartSchema,
  simulationSchema,
  type SimulationDocument,
  type SimulationPartDocument,
} from './simulation.schema';

const RUNNING_MAX = 100;
/** Of the parts that results are stored in. */
export const CUSTOMERS_PER_PART = 1_000;

/** Simulations and their results. */
@Injectable()
export class SimulationRepository implements LeasedJobStore<Simulation> {
  private readonly simulations: Model<SimulationDocument>;
  private readonly parts: Model<SimulationPartDocument>;

  constructor(mongo: Mongo) {
    this.simulations = mongo.model('Simulation', simulationSchema);
    this.parts = mongo.model('SimulationPart', simulationPartSchema);
  }

  async add({ simulationId, ...fields }: Simulation, tx: Transaction): Promise<void> {
    const document = { _id: simulationId, ...fields, ...NO_LEASE };
    await this.simulations.collection.insertOne(document as never, { session: tx.session });
  }

  async find(simulationId: string, tx?: Transaction): Promise<Simulation | null> {
    return (await this.findLeased(simulationId, tx))?.job ?? null;
  }

  async findLeased(simulationId: string, tx?: Transaction): Promise<{ job: Simulation; lease: JobLease } | null> {
    const filter = { _id: simulationId as never };
    const document = await this.simulations.collection.findOne(filter, { session: tx?.session });
    return document === null ? null : toLeased(document as unknown as SimulationDocument);
  }

  /** Read in the same transaction. A lease, when given, is taken or renewed with it. */
  async save({ simulationId, ...fields }: Simulation, tx: Transaction, lease?: JobLease): Promise<void> {
    const update = { $set: { ...fields, ...lease } };
    await this.simulations.collection.updateOne({ _id: simulationId as never }, update, { session: tx.session });
  }

  async listRunning(): Promise<string[]> {
    const documents = await this.simulations
      .find({ state: 'running' }, { _id: 1 })
      .limit(RUNNING_MAX)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id).sort();
  }

  /** One strategy's, newest first, without reports; `before` is the last one's id. */
  async listOfStrategy(strategyId: string, limit: number, before?: string): Promise<Simulation[]> {
    const documents = await this.simulations
      .find({ strategyId, ...(before && { _id: { $lt: before } }) }, { report: 0, snapshot: 0 })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<SimulationDocument[]>();
    return documents.map((document) => ({ ...toLeased(document).job, report: null }));
  }

  /** In place of what an earlier run left. */
  async savePart(
    { simulationId, expiresAt }: Simulation,
    { index, customers }: { index: number; customers: readonly SimulatedCustomer[] },
    { session }: Transaction,
  ): Promise<void> {
    const filter = { _id: partId(simulationId, index) as never };
    await this.parts.collection.replaceOne(filter, { customers, expiresAt } as never, { session, upsert: true });
  }

  /** Empty after the last. */
  async findPart(simulationId: string, index: number): Promise<SimulatedCustomer[]> {
    const document = await this.parts.collection.findOne({ _id: partId(simulationId, index) as never });
    return (document as unknown as SimulationPartDocument | null)?.customers ?? [];
  }
}

const partId = (simulationId: string, index: number): string => `${simulationId}|${String(index).padStart(9, '0')}`;

const toLeased = ({ _id, leaseOwner, leaseUntil, ...fields }: SimulationDocument) => ({
  job: { simulationId: _id, ...fields },
  lease: { leaseOwner, leaseUntil },
});
