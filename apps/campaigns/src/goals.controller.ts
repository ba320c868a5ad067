import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/campaigns/v1/goals';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { Clock } from '@tidegate/service';
import { progressOf, type Goal } from './domain/goal';
import { GetGoalUseCase } from './use-cases/get-goal/get-goal.use-case';
import { ListGoalsUseCase } from './use-cases/list-goals/list-goals.use-case';
import { PutGoalInput } from './use-cases/put-goal/put-goal.request';
import { PutGoalUseCase } from './use-cases/put-goal/put-goal.use-case';

type Rpcs = Handlers<typeof rpc.GoalsServiceService>;

/** The inlets of goals 目标: validate, call, map. */
@GrpcController(rpc.GoalsServiceService)
export class GoalsController implements Rpcs {
  constructor(
    private readonly putGoalUseCase: PutGoalUseCase,
    private readonly getGoalUseCase: GetGoalUseCase,
    private readonly listGoalsUseCase: ListGoalsUseCase,
    private readonly clock: Clock,
  ) {}

  async putGoal(request: rpc.PutGoalRequest, metadata: Metadata): Promise<rpc.PutGoalResponse> {
    return {
      goal: this.toMessage(await this.putGoalUseCase.execute(actorOf(metadata), validated(PutGoalInput, request))),
    };
  }

  async getGoal(request: rpc.GetGoalRequest, metadata: Metadata): Promise<rpc.GetGoalResponse> {
    return { goal: this.toMessage(await this.getGoalUseCase.execute(actorOf(metadata), request.goalId)) };
  }

  async listGoals(request: rpc.ListGoalsRequest, metadata: Metadata): Promise<rpc.ListGoalsResponse> {
    const { goals, nextPageToken } = await this.listGoalsUseCase.execute(actorOf(metadata), request);
    return { goals: goals.map((goal) => this.toMessage(goal)), nextPageToken };
  }

  private toMessage(goal: Goal): rpc.Goal {
    return { ...goal, ...progressOf(goal, this.clock.now()) };
  }
}
