import { Inject, Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../actor-scope';
import { throwFindings } from '../../domain/finding';
import { toStrategyChanged } from '../../messages/strategy.message';
import { SIMULATION_CLIENT, type SimulationClient } from '../../peers/peers';
import { OpenVersionCheck } from '../../references/open-version-check';
import { StrategyRepository } from '../../repositories/strategy.repository';
import type { SimulateStrategyInput } from './simulate-strategy.request';

/** Compiles a draft as for publishing and has arbitration try it on the live base. Nothing is stored here: arbitration knows a repeat. */
@Injectable()
export class SimulateStrategyUseCase {
  constructor(
    private readonly strategies: StrategyRepository,
    private readonly check: OpenVersionCheck,
    @Inject(SIMULATION_CLIENT) private readonly simulations: SimulationClient,
  ) {}

  /** @throws STRATEGY_NOT_FOUND, ORG_OUT_OF_SCOPE, STRATEGY_NOT_DRAFT, STRATEGY_INCOMPLETE, VERSION_CONFLICT and the peer's errors */
  async execute(actor: Actor, { strategyId, ...request }: SimulateStrategyInput): Promise<string> {
    const strategy = await this.strategies.get(strategyId);
    requireWork(actor, strategy.orgPath);
    const { open, orgPath, revision } = strategy;
    if (open === null) throw refused('STRATEGY_NOT_DRAFT', 'There is no draft of this strategy to simulate.');
    const { findings, compiled } = (await this.check.run(strategyId)).of(strategy);
    throwFindings(findings);
    if (compiled === undefined) throw new Error(`strategy ${strategyId} has neither findings nor a snapshot`);
    // Newer than what is live, whose place it takes.
    const draft = { strategyId, orgPath, version: open, compiled, revision: revision + 1 };
    const { snapshot } = toStrategyChanged(draft);
    const { simulation } = await this.simulations.startSimulation({ ...request, snapshot });
    if (simulation === undefined) throw new Error('arbitration answered without a simulation');
    return simulation.simulationId;
  }
}
