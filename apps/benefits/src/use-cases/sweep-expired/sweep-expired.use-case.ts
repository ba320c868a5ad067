import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BenefitStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { event, Mongo } from '@tidegate/mongo';
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

  /** One bounded round; what is left comes in the next. */
  async execute(): Promise<void> {
    const now = this.clock.now();
    const timedOut = await this.holds.listTimedOut(now, BATCH_MAX);
    await Promise.all(timedOut.map((holdId) => this.till.submit({ do: 'time_out', holdId })));
    const untaken = await this.gifts.listExpired(now, BATCH_MAX);
    await Promise.all(untaken.map((giftId) => this.giftCommitter.submit({ do: 'expire', giftId })));
    const expired = await this.instances.listExpired(now, BATCH_MAX);
    if (expired.length > 0) await this.expireInstances(expired);
  }

  private expireInstances(instanceIds: string[]): Promise<void> {
    return this.mongo.transaction(async (tx) => {
      const now = this.clock.now();
      const found = await this.instances.findMany(instanceIds, tx);
      const due = [...found.values()].filter(({ state, expiresAt }) => state === 'issued' && expiresAt <= now);
      const results = due.map((instance) => expire(instance, now));
      await this.instances.saveMany(
        results.map((result) => result.instance),
        tx,
      );
      await this.ledger.addMany(
        results.map((result) => result.ledgerTransaction),
        tx,
      );
      due.forEach((before, index) => {
        const after = results[index]?.instance ?? before;
        tx.emit(event(BenefitStateChanged, before.instanceId, stateChanged(before, after, 'expired', now)));
      });
    });
  }
}
