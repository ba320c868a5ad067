import { Injectable } from '@nestjs/common';
import { GroupCommitter, Mongo, settle, type Settled, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { endOfMonthAfter } from '../../../definitions/domain/calendar-period';
import { grantRequestId, type OwedReward, type Reward } from '../../../granting/domain/owed-reward';
import { OwedRewardGrants } from '../../../granting/owed-reward-grants';
import { OwedRewardWorker } from '../../../granting/owed-reward.worker';
import { entryIdOf, type PointsEntry } from '../../domain/points-entry';
import { PointsBook } from '../../repositories/points-book';
import { PointsRepository } from '../../repositories/points.repository';

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
    private readonly points: PointsRepository,
    private readonly owed: OwedRewardGrants,
    private readonly clock: Clock,
    worker: OwedRewardWorker,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'grant-points',
      commit: (grants, tx) => this.commit(grants, tx),
    });
    worker.on(
      'points',
      (owed, requestId) => this.execute(owed, requestId),
      (owed, tx) => this.findGranted(owed, tx),
    );
  }

  /** The same request id grants once. @throws REWARD_REFUSED */
  async execute({ customerId, reward }: OwedReward, requestId: string): Promise<string> {
    if (reward.kind !== 'points') throw new Error(`${reward.kind} is no reward in points`);
    await this.committer.submit({ customerId, reference: requestId, reward });
    return '';
  }

  private async commit(grants: Grant[], tx: Transaction): Promise<Settled<PointsEntry>[]> {
    const now = this.clock.now();
    const batch = await this.book.open(grants, now, tx);
    const references = grants.map(({ reference }) => reference);
    const refusals = await this.owed.findRefused(references, tx);
    const settled = grants.map(({ reward, ...move }) =>
      settle(() => {
        const refusal = refusals.get(move.reference);
        if (refusal) throw refusal;
        const { points, validMonths, orgPath, timeZone } = reward;
        return batch.reward(move, { points, orgPath, expiresAt: endOfMonthAfter(now, validMonths, timeZone) });
      }),
    );
    await this.book.save(batch, tx);
    return settled;
  }

  /** Points are no benefit that has an id. */
  private async findGranted(owed: readonly OwedReward[], tx: Transaction): Promise<ReadonlyMap<string, string>> {
    const idOf = (each: OwedReward): string => entryIdOf('reward', each.customerId, grantRequestId(each));
    const found = await this.points.findEntries(owed.map(idOf), tx);
    return new Map(owed.filter((each) => found.has(idOf(each))).map(({ rewardId }) => [rewardId, '']));
  }
}
