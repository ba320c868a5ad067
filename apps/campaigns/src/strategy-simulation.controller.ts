import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/campaigns/v1/strategy_simulation';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { SimulateStrategyInput } from './use-cases/simulate-strategy/simulate-strategy.request';
import { SimulateStrategyUseCase } from './use-cases/simulate-strategy/simulate-strategy.use-case';

type Rpcs = Handlers<typeof rpc.StrategySimulationServiceService>;

/** The inlet of drafts on trial 策略模拟: validate, call, map. */
@GrpcController(rpc.StrategySimulationServiceService)
export class StrategySimulationController implements Rpcs {
  constructor(private readonly simulateStrategyUseCase: SimulateStrategyUseCase) {}

  async simulateStrategy(
    request: rpc.SimulateStrategyRequest,
    metadata: Metadata,
  ): Promise<rpc.SimulateStrategyResponse> {
    const input = validated(SimulateStrategyInput, request);
    return { simulationId: await this.simulateStrategyUseCase.execute(actorOf(metadata), input) };
  }
}
