import { Module } from '@nestjs/common';
import { NetworkModule } from '../network.module';
import { BudgetCommitter } from './budget-committer';
import { BudgetsConsumer } from './budgets.consumer';
import { BudgetsController } from './budgets.controller';
import { BudgetsSchedule } from './budgets.schedule';
import { BudgetRepository } from './repositories/budget.repository';
import { ReservationRepository } from './repositories/reservation.repository';
import { TillBudget } from './till-budget';
import { ListBudgetsUseCase } from './use-cases/list-budgets/list-budgets.use-case';
import { PutBudgetUseCase } from './use-cases/put-budget/put-budget.use-case';
import { ReturnReversedUseCase } from './use-cases/return-reversed/return-reversed.use-case';
import { SweepReservationsUseCase } from './use-cases/sweep-reservations/sweep-reservations.use-case';

/** How much may be redeemed at merchants and stores; the till asks TillBudget. */
@Module({
  imports: [NetworkModule],
  controllers: [BudgetsController],
  providers: [
    BudgetRepository,
    ReservationRepository,
    BudgetCommitter,
    TillBudget,
    PutBudgetUseCase,
    ListBudgetsUseCase,
    SweepReservationsUseCase,
    ReturnReversedUseCase,
    BudgetsConsumer,
    BudgetsSchedule,
  ],
  exports: [TillBudget],
})
export class BudgetsModule {}
