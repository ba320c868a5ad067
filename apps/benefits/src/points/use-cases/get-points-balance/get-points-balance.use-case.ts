import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import { balanceAt, emptyAccount, type PointsLot } from '../../domain/points-account';
import { PointsRepository } from '../../repositories/points.repository';

/** What a customer can spend now. */
@Injectable()
export class GetPointsBalanceUseCase {
  constructor(
    private readonly points: PointsRepository,
    private readonly clock: Clock,
  ) {}

  async execute(customerId: string): Promise<{ points: number; lots: PointsLot[]; serverTime: Date }> {
    const now = this.clock.now();
    const found = (await this.points.findAccounts([customerId])).get(customerId) ?? emptyAccount(customerId);
    const lots = found.lots.filter(({ expiresAt }) => expiresAt > now);
    return { points: balanceAt(found, now), lots, serverTime: now };
  }
}
