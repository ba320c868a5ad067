import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { budgetIdOf } from '../../domain/budget';
import { budgetIdsOf, reverse, type Reservation } from '../../domain/reservation';
import { BudgetRepository } from '../../repositories/budget.repository';
import { ReservationRepository } from '../../repositories/reservation.repository';

/** Which redemption was reversed, and of which sale: empty when the wallet did not tell yet. */
export interface ReversedRedemption {
  redemptionId: string;
  saleId: string;
}

/**
 * Gives budgets back what is reversed; a redemption that fell under none is passed over. A sale that a till committed is its hold, so
 * its reservation is found also before it is charged.
 */
@Injectable()
export class ReturnReversedUseCase {
  constructor(
    private readonly budgets: BudgetRepository,
    private readonly reservations: ReservationRepository,
  ) {}

  async execute(reversed: readonly ReversedRedemption[], tx: Transaction): Promise<void> {
    const known = await this.reservationsOf(reversed, tx);
    if (known.length === 0) return;
    const budgets = await this.budgets.findMany([...new Set(known.flatMap(budgetIdsOf))], tx);
    const changed = known.map((reservation) =>
      reversed
        .filter((each) => isOf(each, reservation))
        .reduce((current, { redemptionId }) => {
          const settlement = reverse(current, redemptionId, budgets);
          for (const budget of settlement.budgets) budgets.set(budgetIdOf(budget), budget);
          return settlement.reservation;
        }, reservation),
    );
    await this.budgets.saveMany([...budgets.values()], tx);
    await this.reservations.saveMany(changed, tx);
  }

  private async reservationsOf(reversed: readonly ReversedRedemption[], tx: Transaction): Promise<Reservation[]> {
    const saleIds = new Set(reversed.flatMap(({ saleId }) => saleId || []));
    const redemptionIds = new Set(reversed.flatMap(({ saleId, redemptionId }) => (saleId ? [] : redemptionId)));
    const ofSales = await this.reservations.findMany([...saleIds], tx);
    const charged = await this.reservations.listRedeemed([...redemptionIds], tx);
    return [...ofSales.values(), ...charged.filter(({ holdId }) => !ofSales.has(holdId))];
  }
}

const isOf = ({ redemptionId, saleId }: ReversedRedemption, { holdId, redemptions }: Reservation): boolean =>
  saleId === holdId || redemptions.some((each) => each.redemptionId === redemptionId);
