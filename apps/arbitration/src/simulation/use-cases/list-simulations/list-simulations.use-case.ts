import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { isAtOrBelow } from '@tidegate/org-path';
import type { Simulation } from '../../domain/simulation';
import { SimulationRepository } from '../../repositories/simulation.repository';
import type { ListSimulationsInput } from './list-simulations.request';

/** A strategy's simulations, newest first; those out of the caller's organisation are left out. */
@Injectable()
export class ListSimulationsUseCase {
  constructor(private readonly simulations: SimulationRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    input: ListSimulationsInput,
  ): Promise<{ simulations: Simulation[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const [before] = decodePageToken(input.pageToken) ?? [];
    const found = await this.simulations.listOfStrategy(input.strategyId, limit, before);
    const last = found.length === limit ? found.at(-1) : undefined;
    return {
      simulations: found.filter(({ orgPath }) => actor.kind !== 'staff' || isAtOrBelow(orgPath, actor.orgPath)),
      nextPageToken: last ? encodePageToken([last.simulationId]) : '',
    };
  }
}
