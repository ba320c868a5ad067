import { Injectable } from '@nestjs/common';
import { GroupCommitter, Mongo, settle, type Settled, type Transaction } from '@tidegate/mongo';
import { budgetIdOf, type Budget } from './domain/budget';
import {
  budgetIdsOf,
  charge,
  release,
  reserve,
  type Reservation,
  type ReservationRequest,
  type Settlement,
} from './domain/reservation';
import { BudgetRepository } from './repositories/budget.repository';
import { ReservationRepository } from './repositories/reservation.repository';

/** What is to become of a hold's part of the budgets. */
export type BudgetCommand =
  | { kind: 'reserve'; request: ReservationRequest }
  | { kind: 'charge'; holdId: string; redeemed: { redemptionId: string; amountMinor: number }[] }
  | { kind: 'release'; holdId: string };

/**
 * Decides on budgets in the order of arrival and commits many decisions as one transaction: the tills of a busy merchant all
 * write the same budget. Several replicas conflict in the database and run again, so no limit is passed.
 */
@Injectable()
export class BudgetCommitter {
  private readonly committer: GroupCommitter<BudgetCommand, Reservation | null>;

  constructor(
    mongo: Mongo,
    private readonly budgets: BudgetRepository,
    private readonly reservations: ReservationRepository,
  ) {
    this.committer = new GroupCommitter<BudgetCommand, Reservation | null>(mongo, {
      name: 'budget',
      batchMax: 128,
      commit: (commands, tx) => this.commit(commands, tx),
    });
  }

  /** The reservation as it stands then; null when the hold fell under no budget. */
  submit(command: BudgetCommand): Promise<Reservation | null> {
    return this.committer.submit(command);
  }

  private async commit(commands: BudgetCommand[], tx: Transaction): Promise<Settled<Reservation | null>[]> {
    const known = await this.reservations.findMany(commands.map(holdIdOf), tx);
    const places = commands.flatMap((command) =>
      command.kind === 'reserve' ? [command.request] : (known.get(command.holdId) ?? []),
    );
    const budgets = await this.budgets.findMany([...new Set(places.flatMap(budgetIdsOf))], tx);
    const changedBudgets = new Map<string, Budget>();
    const changed = new Map<string, Reservation>();
    const answers = commands.map((command) =>
      settle(() => {
        const before = known.get(holdIdOf(command)) ?? null;
        const settlement = decide(command, before, budgets);
        if (!settlement) return null;
        const { reservation } = settlement;
        for (const budget of settlement.budgets) {
          budgets.set(budgetIdOf(budget), budget);
          changedBudgets.set(budgetIdOf(budget), budget);
        }
        if (reservation !== before) changed.set(reservation.holdId, reservation);
        known.set(reservation.holdId, reservation);
        return reservation;
      }),
    );
    await this.budgets.saveMany([...changedBudgets.values()], tx);
    await this.reservations.saveMany([...changed.values()], tx);
    return answers;
  }
}

function decide(command: BudgetCommand, before: Reservation | null, budgets: Map<string, Budget>): Settlement | null {
  if (command.kind === 'reserve') return reserve(command.request, before, budgets);
  if (!before) return null;
  return command.kind === 'charge' ? charge(before, command.redeemed, budgets) : release(before, budgets);
}

const holdIdOf = (command: BudgetCommand): string =>
  command.kind === 'reserve' ? command.request.holdId : command.holdId;
