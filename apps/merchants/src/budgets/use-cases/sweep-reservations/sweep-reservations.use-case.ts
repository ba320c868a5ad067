import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { Clock } from '@tidegate/service';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../../benefits-client';
import { BudgetCommitter } from '../../budget-committer';
import type { Reservation } from '../../domain/reservation';
import { ReservationRepository } from '../../repositories/reservation.repository';
import { amountOf, isGone } from '../../till-budget';

const BATCH_MAX = 200;
/** Clocks of two services differ by so much at most, and a commit may be under way. */
const GRACE_MS = 180_000;

/** Ends reservations whose till, or whose replica, never came back: the wallet says what became of the hold. */
@Injectable()
export class SweepReservationsUseCase {
  constructor(
    private readonly reservations: ReservationRepository,
    private readonly committer: BudgetCommitter,
    private readonly clock: Clock,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  /** One bounded round; how many reservations were ended. */
  async execute(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - GRACE_MS);
    const overdue = await this.reservations.listOverdue(before, BATCH_MAX);
    for (const reservation of overdue) await this.end(reservation);
    return overdue.length;
  }

  private async end(reservation: Reservation): Promise<void> {
    const { holdId, merchantId } = reservation;
    try {
      await this.benefits.voidHold({ requestId: `budget-sweep-${holdId}`, holdId, merchantId });
    } catch (error) {
      if (error instanceof DomainError && error.reason === 'HOLD_COMMITTED') return this.charge(reservation);
      if (!isGone(error)) throw error;
    }
    await this.committer.submit({ kind: 'release', holdId });
  }

  /** Committed, but nobody noted it here: the wallet has the amounts. One of before it kept them is charged what was reserved. */
  private async charge({ holdId, merchantId, amountMinor }: Reservation): Promise<void> {
    const { redemptions } = await this.benefits.getHold({ holdId, merchantId });
    const redeemed = redemptions.length > 0 ? redemptions.map(amountOf) : [{ redemptionId: holdId, amountMinor }];
    await this.committer.submit({ kind: 'charge', holdId, redeemed });
  }
}
