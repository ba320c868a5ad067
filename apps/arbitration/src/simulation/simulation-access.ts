import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import type { Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { Simulation } from './domain/simulation';
import { SimulationRepository } from './repositories/simulation.repository';

/** Simulations as a caller may see them: one belongs where its strategy does. */
@Injectable()
export class SimulationAccess {
  constructor(private readonly simulations: SimulationRepository) {}

  /** @throws SIMULATION_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async get(simulationId: string, actor: Actor, tx?: Transaction): Promise<Simulation> {
    const simulation = await this.simulations.find(simulationId, tx);
    if (simulation === null) throw notFound('SIMULATION_NOT_FOUND', 'There is no simulation of this id.');
    requireOrgScope(actor, simulation.orgPath);
    return simulation;
  }
}
