import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/merchants/v1/budgets';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { MerchantPageInput } from '../merchant-page.request';
import type { Budget } from './domain/budget';
import { ListBudgetsUseCase } from './use-cases/list-budgets/list-budgets.use-case';
import { PutBudgetInput } from './use-cases/put-budget/put-budget.request';
import { PutBudgetUseCase } from './use-cases/put-budget/put-budget.use-case';

type Rpcs = Handlers<typeof rpc.BudgetsServiceService>;

/** Every gRPC inlet of budgets: validate, call, map. */
@GrpcController(rpc.BudgetsServiceService)
export class BudgetsController implements Rpcs {
  constructor(
    private readonly putBudgetUseCase: PutBudgetUseCase,
    private readonly listBudgetsUseCase: ListBudgetsUseCase,
  ) {}

  async putBudget(request: rpc.PutBudgetRequest, metadata: Metadata): Promise<rpc.PutBudgetResponse> {
    const input = validated(PutBudgetInput, request);
    return { budget: toMessage(await this.putBudgetUseCase.execute(input, actorOf(metadata))) };
  }

  async listBudgets(request: rpc.ListBudgetsRequest, metadata: Metadata): Promise<rpc.ListBudgetsResponse> {
    const input = validated(MerchantPageInput, request);
    const { budgets, nextPageToken } = await this.listBudgetsUseCase.execute(input, actorOf(metadata));
    return { budgets: budgets.map(toMessage), nextPageToken };
  }
}

const toMessage = ({ use, ...budget }: Budget): rpc.Budget => ({
  ...budget,
  usedCount: use.usedCount,
  usedAmountMinor: use.usedAmountMinor,
  dayUsedCount: use.dayCount,
  dayUsedAmountMinor: use.dayAmountMinor,
  businessDate: use.day,
});
