import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { cancelSimulation, type Simulation } from '../../domain/simulation';
import { SimulationRepository } from '../../repositories/simulation.repository';
import { SimulationAccess } from '../../simulation-access';

/** Stops a simulation. A repeat changes nothing. */
@Injectable()
export class CancelSimulationUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly simulations: SimulationRepository,
    private readonly access: SimulationAccess,
    private readonly clock: Clock,
  ) {}

  /** @throws SIMULATION_NOT_FOUND, ORG_OUT_OF_SCOPE, SIMULATION_FINISHED */
  execute(actor: Actor, simulationId: string): Promise<Simulation> {
    return this.mongo.transaction(async (tx) => {
      const held = await this.access.get(simulationId, actor, tx);
      const cancelled = cancelSimulation(held, this.clock.now());
      if (cancelled !== held) await this.simulations.save(cancelled, tx);
      return cancelled;
    });
  }
}
