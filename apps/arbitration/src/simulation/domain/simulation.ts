import { refused } from '@tidegate/errors';
import type { StrategySnapshot } from '../../domain/compile-strategy';
import type { SimulationReport } from './report';

export type SimulationState = 'running' | 'completed' | 'failed' | 'cancelled';

/** A draft on trial 模拟: what it would do over the next days, beside the same days without it. */
export interface Simulation {
  simulationId: string;
  strategyId: string;
  strategyVersion: number;
  orgPath: string;
  snapshot: StrategySnapshot;
  state: SimulationState;
  /** The first simulated day, `YYYY-MM-DD` of the bank's zone. */
  firstDay: string;
  dayCount: number;
  customerCountMax: number;
  baseCount: number;
  customerCount: number;
  progressPercent: number;
  report: SimulationReport | null;
  failureReason: string;
  startedBy: string;
  startedAt: Date;
  finishedAt: Date | null;
  /** Deleted after this, with its results. */
  expiresAt: Date;
}

const DAY_MS = 86_400_000;
const KEPT_DAYS = 30;

export const startSimulation = (
  simulation: Pick<
    Simulation,
    'simulationId' | 'snapshot' | 'firstDay' | 'dayCount' | 'customerCountMax' | 'startedBy'
  >,
  now: Date,
): Simulation => ({
  ...simulation,
  strategyId: simulation.snapshot.strategyId,
  strategyVersion: simulation.snapshot.version,
  orgPath: simulation.snapshot.orgPath,
  state: 'running',
  baseCount: 0,
  customerCount: 0,
  progressPercent: 0,
  report: null,
  failureReason: '',
  startedAt: now,
  finishedAt: null,
  expiresAt: new Date(now.getTime() + KEPT_DAYS * DAY_MS),
});

/** @throws SIMULATION_FINISHED */
export function cancelSimulation(simulation: Simulation, now: Date): Simulation {
  if (simulation.state === 'cancelled') return simulation;
  if (simulation.state !== 'running') {
    throw refused('SIMULATION_FINISHED', `The simulation is already ${simulation.state}.`);
  }
  return { ...simulation, state: 'cancelled', finishedAt: now };
}

/** The share of the base that is simulated. */
export const shareOf = ({ baseCount, customerCountMax }: Simulation): number =>
  Math.min(1, customerCountMax / Math.max(1, baseCount));
