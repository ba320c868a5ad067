import { MomentHistory } from './moment-history';
import { SimulationRepository } from './repositories/simulation.repository';
import { SimulatedBase } from './simulated-base';
import { SimulationAccess } from './simulation-access';
import { SimulationWorker } from './simulation-worker';
import { Simulator } from './simulator';
import { CancelSimulationUseCase } from './use-cases/cancel-simulation/cancel-simulation.use-case';
import { GetSimulationUseCase } from './use-cases/get-simulation/get-simulation.use-case';
import { ListSimulationCustomersUseCase } from './use-cases/list-simulation-customers/list-simulation-customers.use-case';
import { ListSimulationsUseCase } from './use-cases/list-simulations/list-simulations.use-case';
import { StartSimulationUseCase } from './use-cases/start-simulation/start-simulation.use-case';

/** Everything that simulation is made of. */
export const SIMULATION_PROVIDERS = [
  SimulationRepository,
  SimulatedBase,
  MomentHistory,
  SimulationAccess,
  Simulator,
  SimulationWorker,
  StartSimulationUseCase,
  GetSimulationUseCase,
  ListSimulationsUseCase,
  CancelSimulationUseCase,
  ListSimulationCustomersUseCase,
];
