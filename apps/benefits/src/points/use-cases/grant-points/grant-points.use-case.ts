import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { endOfMonthAfter } from '../../../definitions/domain/calendar-period';
import type { OwedReward } from '../../../granting/domain/owed-reward';
import { OwedRewardWorker } from '../../../granting/owed-reward.worker';
import { PointsBook } from '../../repositories/points-book';

/** Grants rewards that are points. */
@Injectable()
export class GrantPointsUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly book: PointsBook,
    private readonly clock: Clock,
    worker: OwedRewardWorker,
  ) {
    worker.on('points', (owed, requestId) => this.execute(owed, requestId));
  }

  /** The same request id grants once. */
  async execute({ customerId, reward }: OwedReward, requestId: string): Promise<string> {
    if (reward.kind !== 'points') throw new Error(`${reward.kind} is no reward in points`);
    const now = this.clock.now();
    const { points, validMonths, orgPath, timeZone } = reward;
    const lot = { points, orgPath, expiresAt: endOfMonthAfter(now, validMonths, timeZone) };
    await this.mongo.transaction((tx) => this.book.reward(customerId, requestId, lot, now, tx));
    return '';
  }
}
