import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import type { Simulation } from '../../domain/simulation';
import { SimulationAccess } from '../../simulation-access';

/** State, progress and report of a simulation. */
@Injectable()
export class GetSimulationUseCase {
  constructor(private readonly access: SimulationAccess) {}

  /** @throws SIMULATION_NOT_FOUND, ORG_OUT_OF_SCOPE */
  execute(actor: Actor, simulationId: string): Promise<Simulation> {
    return this.access.get(simulationId, actor);
  }
}
