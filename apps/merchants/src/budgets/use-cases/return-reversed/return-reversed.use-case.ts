import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { budgetIdOf } from '../../domain/budget';
import { budgetIdsOf, reverse } from '../../domain/reservation';
import { BudgetRepository } from '../../repositories/budget.repository';
import { ReservationRepository } from '../../repositories/reservation.repository';

/** Gives budgets back what is reversed; a redemption that fell under none is passed over. */
@Injectable()
export class ReturnReversedUseCase {
  constructor(
    private readonly budgets: BudgetRepository,
    private readonly reservations: ReservationRepository,
  ) {}

  async execute(redemptionIds: readonly string[], tx: Transaction): Promise<void> {
    const redeemed = await this.reservations.listRedeemed([...new Set(redemptionIds)], tx);
    if (redeemed.length === 0) return;
    const budgets = await this.budgets.findMany([...new Set(redeemed.flatMap(budgetIdsOf))], tx);
    const changed = redeemed.map((reservation) =>
      redemptionIds.reduce((current, redemptionId) => {
        const settlement = reverse(current, redemptionId, budgets);
        for (const budget of settlement.budgets) budgets.set(budgetIdOf(budget), budget);
        return settlement.reservation;
      }, reservation),
    );
    await this.budgets.saveMany([...budgets.values()], tx);
    await this.reservations.saveMany(changed, tx);
  }
}
