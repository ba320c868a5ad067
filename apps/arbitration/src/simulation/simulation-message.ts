import * as rpc from '@tidegate/contracts/arbitration/v1/simulation';
import type { SimulatedCustomer } from './domain/simulated-customer';
import type { Simulation } from './domain/simulation';

/** A simulation as callers see it. */
export const toSimulationMessage = ({
  snapshot: _snapshot,
  orgPath: _orgPath,
  customerCountMax: _customerCountMax,
  expiresAt: _expiresAt,
  ...simulation
}: Simulation): rpc.Simulation => ({
  ...simulation,
  finishedAt: simulation.finishedAt ?? undefined,
  // One of before a figure was told lacks it.
  report: simulation.report === null ? undefined : rpc.SimulationReport.fromPartial(simulation.report),
});

export const toCustomerMessage = ({ orgPath: _orgPath, ...customer }: SimulatedCustomer): rpc.SimulatedCustomer =>
  customer;
