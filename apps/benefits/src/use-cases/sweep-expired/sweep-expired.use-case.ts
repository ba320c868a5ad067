import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BenefitStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { event, Mongo, type Transaction } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { expire } from '../../domain/expiry';
import { stateChanged } from '../../domain/state-changed';
import { GiftCommitter } from '../../gifts/gift-committer';
import { GiftRepository } from '../../repositories/gift.repository';
import { HoldRepository } from '../../repositories/hold.repository';
import { InstanceRepository } from '../../repositories/instance.repository';
import { LedgerRepository } from '../../repositories/ledger.repository';
import { TillCommitter } from '../../till/till-committer';

const EVERY_MS = 2_000;
/** Then a sweep ends, whatever is left: the next one goes on. */
const SWEEP_MS_MAX = 60_000;
/** Benefits read at once, because what a long stretch of the index costs is its reading. */
const ROUND_MAX = 4_000;
/** In one transaction. */
const BATCH_MAX = 200;

/** Ends what time has ended: holds time out, gifts come back, benefits expire and their value returns to its funder. */
@Injectable()
export class SweepExpiredUseCase implements OnModuleInit {
  constructor(
    private readonly mongo: Mongo,
    private readonly instances: InstanceRepository,
    private readonly holds: HoldRepository,
    private readonly gifts: GiftRepository,
    private readonly till: TillCommitter,
    private readonly giftCommitter: GiftCommitter,
    private readonly ledger: LedgerRepository,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(EVERY_MS, 'sweep-expired', () => this.execute());
  }

  /** Round after round until nothing is due, for a bounded time. Of replicas at the same benefits one goes on. */
  async execute(): Promise<void> {
    const endsAt = performance.now() + SWEEP_MS_MAX;
    let isMoreDue = true;
    while (isMoreDue && performance.now() < endsAt && !this.tasks.isStopped) isMoreDue = await this.sweep();
  }

  /** One round of each; false when nothing more is due, or others are at it. */
  private async sweep(): Promise<boolean> {
    const now = this.clock.now();
    const timedOut = await this.holds.listTimedOut(now, BATCH_MAX);
    await Promise.all(timedOut.map((holdId) => this.till.submit({ do: 'time_out', holdId })));
    const untaken = await this.gifts.listExpired(now, BATCH_MAX);
    await Promise.all(untaken.map((giftId) => this.giftCommitter.submit({ do: 'expire', giftId })));
    const expired = await this.instances.listExpired(now, ROUND_MAX);
    const isAlone = await this.expireAll(expired);
    return timedOut.length === BATCH_MAX || untaken.length === BATCH_MAX || (isAlone && expired.length === ROUND_MAX);
  }

  /** In batches, oldest first. False, and no further, when another replica was at one: it goes on, and both would only conflict. */
  private async expireAll(instanceIds: string[]): Promise<boolean> {
    for (let at = 0; at < instanceIds.length && !this.tasks.isStopped; at += BATCH_MAX) {
      const batch = instanceIds.slice(at, at + BATCH_MAX);
      if ((await this.mongo.transaction((tx) => this.expire(batch, tx))) === 0) return false;
    }
    return true;
  }

  /** How many were still due. */
  private async expire(instanceIds: string[], tx: Transaction): Promise<number> {
    const now = this.clock.now();
    const found = await this.instances.findMany(instanceIds, tx);
    const due = [...found.values()].filter(({ state, expiresAt }) => state === 'issued' && expiresAt <= now);
    const results = due.map((before) => ({ before, ...expire(before, now) }));
    await this.instances.saveMany(
      results.map(({ instance }) => instance),
      tx,
    );
    await this.ledger.addMany(
      results.map(({ ledgerTransaction }) => ledgerTransaction),
      tx,
    );
    for (const { before, instance } of results) {
      tx.emit(event(BenefitStateChanged, before.instanceId, stateChanged(before, instance, 'expired', now)));
    }
    return due.length;
  }
}
