import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListSimulationCustomersRequest, ListSimulationsRequest } from '@tidegate/contracts/arbitration/v1/simulation';
import { SimulateStrategyRequest } from '@tidegate/contracts/campaigns/v1/strategy_simulation';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import {
  CancelSimulationResponse,
  GetSimulationResponse,
  ListSimulationCustomersResponse,
  ListSimulationsResponse,
  SimulateStrategyResponse,
} from '../../responses/arbitration/simulation.response';
import { SimulateBody, SimulatedCustomersQuery, SimulationsQuery } from './simulations.request';

@ApiTags('Simulations')
@Controller('admin/v1')
export class AdminSimulationsController {
  constructor(private readonly peers: Peers) {}

  @Post('strategies/:strategyId/simulations')
  @Access(MAKER)
  @Endpoint({
    summary: 'Tries a strategy’s draft on the live base and history, in the background and without effect.',
    answer: SimulateStrategyResponse,
    status: 201,
    reasons: ['STRATEGY_NOT_FOUND', 'STRATEGY_NOT_DRAFT', 'STRATEGY_INCOMPLETE', 'SIMULATIONS_BUSY'],
  })
  start(
    @Param('strategyId', IdPipe) strategyId: string,
    @Body() body: SimulateBody,
    @RequestId() requestId: string,
  ): Promise<SimulateStrategyResponse> {
    const request = SimulateStrategyRequest.fromPartial({ ...body, strategyId, requestId });
    return this.peers.strategySimulation.simulateStrategy(request, LONG);
  }

  @Get('simulations')
  @Access(READER)
  @Endpoint({ summary: 'Pages a strategy’s simulations, newest first.', answer: ListSimulationsResponse })
  list(@Query() query: SimulationsQuery): Promise<ListSimulationsResponse> {
    return this.peers.simulation.listSimulations(ListSimulationsRequest.fromPartial(query));
  }

  @Get('simulations/:simulationId')
  @Access(READER)
  @Endpoint({
    summary: 'State, progress and report: volumes, queues, conflicts, who gets nothing, the change against live.',
    answer: GetSimulationResponse,
    reasons: ['SIMULATION_NOT_FOUND'],
  })
  get(@Param('simulationId', IdPipe) simulationId: string): Promise<GetSimulationResponse> {
    return this.peers.simulation.getSimulation({ simulationId });
  }

  @Get('simulations/:simulationId/customers')
  @Access(READER)
  @Endpoint({
    summary: 'Pages what would happen to each customer. A page may be short before the last.',
    answer: ListSimulationCustomersResponse,
    reasons: ['SIMULATION_NOT_FOUND', 'SIMULATION_NOT_COMPLETED'],
  })
  customers(
    @Param('simulationId', IdPipe) simulationId: string,
    @Query() query: SimulatedCustomersQuery,
  ): Promise<ListSimulationCustomersResponse> {
    const request = ListSimulationCustomersRequest.fromPartial({ ...query, simulationId });
    return this.peers.simulation.listSimulationCustomers(request);
  }

  @Post('simulations/:simulationId/cancel')
  @Access(MAKER)
  @Endpoint({
    summary: 'Stops a simulation.',
    answer: CancelSimulationResponse,
    reasons: ['SIMULATION_NOT_FOUND', 'SIMULATION_FINISHED'],
  })
  cancel(
    @Param('simulationId', IdPipe) simulationId: string,
    @Body() _body: NoInput,
  ): Promise<CancelSimulationResponse> {
    return this.peers.simulation.cancelSimulation({ simulationId });
  }
}
