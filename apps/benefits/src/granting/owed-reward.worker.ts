import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError, isRetryable } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { Clock, PeriodicTasks } from '@tidegate/service';
import {
  grantRequestId,
  settleAttempt,
  type GrantAttempt,
  type OwedReward,
  type RewardKind,
} from './domain/owed-reward';
import { isPassingRefusal } from './domain/passing-refusal';
import { OwedRewardRepository } from './repositories/owed-reward.repository';

const EVERY_MS = 250;
const BATCH_MAX = 200;

const log = logger('granting');

/**
 * Grants a reward, and tells the id of the benefit, or '' when it is none. It must give the same answer for the same request id, and throws a DomainError
 * that cannot succeed later when the reward is to be refused.
 */
export type GrantReward = (owed: OwedReward, requestId: string) => Promise<string>;

/** What was granted of rewards, by reward id as GrantReward tells it: looked up in the transaction that would refuse them otherwise. */
export type FindGranted = (owed: readonly OwedReward[], tx: Transaction) => Promise<ReadonlyMap<string, string>>;

/**
 * Grants what is owed. A crash between grant and note is healed by the next round: the grant's request id is derived from the
 * owed reward, so granting again tells the first result; several replicas may grant the same reward and give it once. Where one was refused
 * what another was granted, it is granted; and what was refused is not granted any more (OwedRewardGrants).
 */
@Injectable()
export class OwedRewardWorker implements OnModuleInit {
  private readonly kinds = new Map<RewardKind, { grant: GrantReward; findGranted: FindGranted }>();

  constructor(
    private readonly mongo: Mongo,
    private readonly rewards: OwedRewardRepository,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  /** Says how rewards of a kind are granted, and found again. */
  on(kind: RewardKind, grant: GrantReward, findGranted: FindGranted): void {
    this.kinds.set(kind, { grant, findGranted });
  }

  onModuleInit(): void {
    this.tasks.every(EVERY_MS, 'owed-rewards', async () => {
      while (!this.tasks.isStopped && (await this.runOnce()) === BATCH_MAX);
    });
  }

  /** One bounded round; how many rewards were tried. */
  async runOnce(): Promise<number> {
    const due = await this.rewards.listDue(this.clock.now(), BATCH_MAX);
    if (due.length === 0) return 0;
    // Side by side, so that the claims of one round share their commits.
    const attempts = await Promise.all(due.map((owed) => this.attempt(owed)));
    const byId = new Map(due.map(({ rewardId }, index) => [rewardId, attempts[index]!]));
    await this.mongo.transaction((tx) => this.note(byId, tx));
    return due.length;
  }

  private async attempt(owed: OwedReward): Promise<GrantAttempt> {
    const grant = this.kinds.get(owed.reward.kind)?.grant;
    if (!grant) return { outcome: 'failed', reason: 'REWARD_KIND_UNKNOWN', attemptCount: owed.attemptCount };
    try {
      return grantedAs(await grant(owed, grantRequestId(owed)));
    } catch (error) {
      const reason = error instanceof DomainError ? error.reason : 'INTERNAL';
      if (!(error instanceof DomainError))
        log.error({ err: error, rewardId: owed.rewardId }, 'a reward was not granted');
      if (!isPassing(error)) return { outcome: 'refused', reason };
      return { outcome: 'failed', reason, attemptCount: owed.attemptCount };
    }
  }

  private async note(attempts: ReadonlyMap<string, GrantAttempt>, tx: Transaction): Promise<void> {
    const now = this.clock.now();
    const held = [...(await this.rewards.findMany([...attempts.keys()], tx)).values()];
    const settle = (owed: OwedReward, instanceId?: string): OwedReward | null => {
      const attempt = instanceId === undefined ? attempts.get(owed.rewardId)! : grantedAs(instanceId);
      return settleAttempt(owed, attempt, now);
    };
    const refusals = held.filter((owed) => settle(owed)?.state === 'refused');
    const granted = await this.findGranted(refusals, tx);
    const settled = held.flatMap((owed) => settle(owed, granted.get(owed.rewardId)) ?? []);
    await this.rewards.saveMany(settled, tx);
  }

  /** What another replica was granted of rewards that are to be refused; who grants meanwhile is a write conflict. */
  private async findGranted(refusals: readonly OwedReward[], tx: Transaction): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const [kind, { findGranted }] of this.kinds) {
      const ofKind = refusals.filter(({ reward }) => reward.kind === kind);
      if (ofKind.length === 0) continue;
      for (const [rewardId, instanceId] of await findGranted(ofKind, tx)) found.set(rewardId, instanceId);
    }
    return found;
  }
}

const grantedAs = (instanceId: string): GrantAttempt => ({ outcome: 'granted', instanceId });

/** Refusals of a stock that end, a full queue, and what is retried anyway. */
const isPassing = (error: unknown): boolean =>
  isRetryable(error) ||
  (error instanceof DomainError && (error.code === 'RESOURCE_EXHAUSTED' || isPassingRefusal(error.reason)));
