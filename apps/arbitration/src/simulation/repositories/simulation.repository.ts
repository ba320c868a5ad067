import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { SimulatedCustomer } from '../domain/simulated-customer';
import type { Simulation } from '../domain/simulation';
import {
  simulationPartSchema,
  simulationSchema,
  type SimulationDocument,
  type SimulationPartDocument,
} from './simulation.schema';

const CUSTOMERS_PER_PART = 1_000;
const NOBODY = { leaseOwner: '', leaseUntil: new Date(0) };

export interface Lease {
  leaseOwner: string;
  leaseUntil: Date;
}

/** Simulations and their results. */
@Injectable()
export class SimulationRepository {
  private readonly simulations: Model<SimulationDocument>;
  private readonly parts: Model<SimulationPartDocument>;

  constructor(mongo: Mongo) {
    this.simulations = mongo.model('Simulation', simulationSchema);
    this.parts = mongo.model('SimulationPart', simulationPartSchema);
  }

  async add({ simulationId, ...fields }: Simulation, tx: Transaction): Promise<void> {
    const document = { _id: simulationId, ...fields, ...NOBODY };
    await this.simulations.collection.insertOne(document as never, { session: tx.session });
  }

  async find(simulationId: string, tx?: Transaction): Promise<Simulation | null> {
    return (await this.findLeased(simulationId, tx))?.simulation ?? null;
  }

  async findLeased(simulationId: string, tx?: Transaction): Promise<{ simulation: Simulation; lease: Lease } | null> {
    const filter = { _id: simulationId as never };
    const document = await this.simulations.collection.findOne(filter, { session: tx?.session });
    return document === null ? null : toLeased(document as unknown as SimulationDocument);
  }

  /** Read in the same transaction. A lease, when given, is taken or renewed with it. */
  async save({ simulationId, ...fields }: Simulation, tx: Transaction, lease?: Lease): Promise<void> {
    const update = { $set: { ...fields, ...lease } };
    await this.simulations.collection.updateOne({ _id: simulationId as never }, update, { session: tx.session });
  }

  async listRunning(limit: number): Promise<string[]> {
    const documents = await this.simulations
      .find({ state: 'running' }, { _id: 1 })
      .limit(limit)
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
    return documents.map((document) => ({ ...toLeased(document).simulation, report: null }));
  }

  /** The same results again are the same parts. */
  async saveResults({ simulationId, expiresAt }: Simulation, customers: readonly SimulatedCustomer[]): Promise<void> {
    for (let from = 0; from < customers.length; from += CUSTOMERS_PER_PART) {
      const filter = { _id: partId(simulationId, from / CUSTOMERS_PER_PART) as never };
      const part = { customers: customers.slice(from, from + CUSTOMERS_PER_PART), expiresAt };
      await this.parts.collection.replaceOne(filter, part as never, { upsert: true });
    }
  }

  /** Empty after the last. */
  async findPart(simulationId: string, index: number): Promise<SimulatedCustomer[]> {
    const document = await this.parts.collection.findOne({ _id: partId(simulationId, index) as never });
    return (document as unknown as SimulationPartDocument | null)?.customers ?? [];
  }
}

const partId = (simulationId: string, index: number): string => `${simulationId}|${String(index).padStart(9, '0')}`;

const toLeased = ({ _id, leaseOwner, leaseUntil, ...fields }: SimulationDocument) => ({
  simulation: { simulationId: _id, ...fields },
  lease: { leaseOwner, leaseUntil },
});
