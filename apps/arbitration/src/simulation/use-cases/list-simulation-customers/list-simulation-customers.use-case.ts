import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { decodeNumberToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { isAtOrBelow } from '@tidegate/org-path';
import { passesFilter, type SimulatedCustomer } from '../../domain/simulated-customer';
import { SimulationRepository } from '../../repositories/simulation.repository';
import { SimulationAccess } from '../../simulation-access';
import type { ListSimulationCustomersInput } from './list-simulation-customers.request';

/** Parts that one call looks through: a filter that hardly anybody passes answers with a short page and goes on in the next. */
const PARTS_MAX = 20;

/** What would happen to each customer, in the order of their ids; of the caller's organisation alone. */
@Injectable()
export class ListSimulationCustomersUseCase {
  constructor(
    private readonly simulations: SimulationRepository,
    private readonly access: SimulationAccess,
  ) {}

  /** @throws SIMULATION_NOT_FOUND, ORG_OUT_OF_SCOPE, SIMULATION_NOT_COMPLETED, PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    input: ListSimulationCustomersInput,
  ): Promise<{ customers: SimulatedCustomer[]; nextPageToken: string }> {
    const { state } = await this.access.get(input.simulationId, actor);
    if (state !== 'completed') throw refused('SIMULATION_NOT_COMPLETED', `The simulation is ${state}.`);
    const limit = pageSize(input.pageSize, { max: 1_000, fallback: 200 });
    let [part = 0, from = 0] = decodeNumberToken(input.pageToken, 2) ?? [];
    const isVisible = (orgPath: string): boolean => actor.kind !== 'staff' || isAtOrBelow(orgPath, actor.orgPath);
    const filter = { reason: input.reason, change: input.change, isVisible };
    const customers: SimulatedCustomer[] = [];
    for (const end = part + PARTS_MAX; part < end; part += 1, from = 0) {
      const rows = await this.simulations.findPart(input.simulationId, part);
      if (rows.length === 0) return { customers, nextPageToken: '' };
      for (let row = from; row < rows.length; row += 1) {
        const customer = rows[row];
        if (customer === undefined || !passesFilter(customer, filter)) continue;
        customers.push(customer);
        if (customers.length === limit) return { customers, nextPageToken: tokenOf(part, row + 1) };
      }
    }
    return { customers, nextPageToken: tokenOf(part, 0) };
  }
}

const tokenOf = (part: number, row: number): string => encodePageToken([String(part), String(row)]);
