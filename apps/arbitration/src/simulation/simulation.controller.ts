import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/arbitration/v1/simulation';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { toSnapshot } from '../engine/strategy-message';
import { toCustomerMessage, toSimulationMessage } from './simulation-message';
import { CancelSimulationUseCase } from './use-cases/cancel-simulation/cancel-simulation.use-case';
import { GetSimulationUseCase } from './use-cases/get-simulation/get-simulation.use-case';
import { ListSimulationCustomersInput } from './use-cases/list-simulation-customers/list-simulation-customers.request';
import { ListSimulationCustomersUseCase } from './use-cases/list-simulation-customers/list-simulation-customers.use-case';
import { ListSimulationsInput } from './use-cases/list-simulations/list-simulations.request';
import { ListSimulationsUseCase } from './use-cases/list-simulations/list-simulations.use-case';
import { StartSimulationInput } from './use-cases/start-simulation/start-simulation.request';
import { StartSimulationUseCase } from './use-cases/start-simulation/start-simulation.use-case';

type Rpcs = Handlers<typeof rpc.SimulationServiceService>;

/** The inlets of simulation 模拟: validate, call, map. */
@GrpcController(rpc.SimulationServiceService)
export class SimulationController implements Rpcs {
  constructor(
    private readonly startSimulationUseCase: StartSimulationUseCase,
    private readonly getSimulationUseCase: GetSimulationUseCase,
    private readonly listSimulationsUseCase: ListSimulationsUseCase,
    private readonly cancelSimulationUseCase: CancelSimulationUseCase,
    private readonly listSimulationCustomersUseCase: ListSimulationCustomersUseCase,
  ) {}

  async startSimulation(
    { snapshot, ...request }: rpc.StartSimulationRequest,
    metadata: Metadata,
  ): Promise<rpc.StartSimulationResponse> {
    const input = validated(StartSimulationInput, request);
    const draft = toSnapshot({ snapshot });
    return {
      simulation: toSimulationMessage(await this.startSimulationUseCase.execute(actorOf(metadata), input, draft)),
    };
  }

  async getSimulation(request: rpc.GetSimulationRequest, metadata: Metadata): Promise<rpc.GetSimulationResponse> {
    const simulation = await this.getSimulationUseCase.execute(actorOf(metadata), request.simulationId);
    return { simulation: toSimulationMessage(simulation) };
  }

  async listSimulations(request: rpc.ListSimulationsRequest, metadata: Metadata): Promise<rpc.ListSimulationsResponse> {
    const input = validated(ListSimulationsInput, request);
    const { simulations, nextPageToken } = await this.listSimulationsUseCase.execute(actorOf(metadata), input);
    return { simulations: simulations.map(toSimulationMessage), nextPageToken };
  }

  async cancelSimulation(
    request: rpc.CancelSimulationRequest,
    metadata: Metadata,
  ): Promise<rpc.CancelSimulationResponse> {
    const simulation = await this.cancelSimulationUseCase.execute(actorOf(metadata), request.simulationId);
    return { simulation: toSimulationMessage(simulation) };
  }

  async listSimulationCustomers(
    request: rpc.ListSimulationCustomersRequest,
    metadata: Metadata,
  ): Promise<rpc.ListSimulationCustomersResponse> {
    const input = validated(ListSimulationCustomersInput, request);
    const { customers, nextPageToken } = await this.listSimulationCustomersUseCase.execute(actorOf(metadata), input);
    return { customers: customers.map(toCustomerMessage), nextPageToken };
  }
}
