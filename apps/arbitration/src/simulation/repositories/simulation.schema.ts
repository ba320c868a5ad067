import type { JobLease } from '@tidegate/service';
import { Schema } from 'mongoose';
import type { SimulatedCustomer } from '../domain/simulated-customer';
import type { Simulation } from '../domain/simulation';

export interface SimulationDocument extends Omit<Simulation, 'simulationId'>, JobLease {
  _id: string;
}

/** Results of some customers of one simulation, in the order of the sample. */
export interface SimulationPartDocument {
  /** `<simulation id>|<index>`, index padded so that ids sort. */
  _id: string;
  customers: SimulatedCustomer[];
  expiresAt: Date;
}

const { Mixed } = Schema.Types;

export const simulationSchema = new Schema<SimulationDocument>(
  { _id: String, strategyId: String, state: String, expiresAt: Date },
  // Written as it is: a simulation is built by the domain, and what is asked for is declared above.
  { collection: 'simulations', versionKey: false, minimize: false, strict: false },
);
simulationSchema.index({ state: 1 });
simulationSchema.index({ strategyId: 1, _id: -1 });
simulationSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const simulationPartSchema = new Schema<SimulationPartDocument>(
  { _id: String, customers: Mixed, expiresAt: Date },
  { collection: 'simulation_parts', versionKey: false, minimize: false },
);
simulationPartSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
