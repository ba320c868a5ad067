import { Injectable } from '@nestjs/common';
import { GroupCommitter, Mongo, settle, type Settled, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { endOfMonthAfter } from '../../../definitions/domain/calendar-period';
import type { OwedReward, Reward } from '../../../granting/domain/owed-reward';
import { OwedRewardWorker } from '../../../granting/owed-reward.worker';
import type { PointsEntry } from '../../domain/points-entry';
import { PointsBook } from '../../repositories/points-book';

interface Grant {
  customerId: string;
  reference: string;
  reward: Extract<Reward, { kind: 'points' }>;
}

/** Grants rewards that are points: those of one round are committed as one (ADR 0002). */
@Injectable()
export class GrantPointsUseCase {
  private readonly committer: GroupCommitter<Grant, PointsEntry>;

  constructor(
    mongo: Mongo,
    private readonly book: PointsBook,
    private readonly clock: Clock,
    worker: OwedRewardWorker,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'grant-points',
      commit: (grants, tx) => this.commit(grants, tx),
    });
    worker.on('points', (owed, requestId) => this.execute(owed, requestId));
  }

  /** The same request id grants once. */
  async execute({ customerId, reward }: OwedReward, requestId: string): Promise<string> {
    if (reward.kind !== 'points') throw new Error(`${reward.kind} is no reward in points`);
    await this.committer.submit({ customerId, reference: requestId, reward });
    return '';
  }

  private async commit(grants: Grant[], tx: Transaction): Promise<Settled<PointsEntry>[]> {
    const now = this.clock.now();
    const batch = await this.book.open(grants, now, tx);
    const settled = grants.map(({ reward, ...move }) =>
      settle(() => {
        const { points, validMonths, orgPath, timeZone } = reward;
        return batch.reward(move, { points, orgPath, expiresAt: endOfMonthAfter(now, validMonths, timeZone) });
      }),
    );
    await this.book.save(batch, tx);
    return settled;
  }
}
