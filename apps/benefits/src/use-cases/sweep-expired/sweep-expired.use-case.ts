import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BenefitStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { event, Mongo, type Transaction } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { expire } from '../../domain/expiry';
import { moveInstance, type Instance } from '../../domain/instance';
import { stateChanged, type ChangeCause } from '../../domain/state-changed';
import { GiftRepository } from '../../repositories/gift.repository';
import { HoldRepository } from '../../repositories/hold.repository';
import { InstanceRepository } from '../../repositories/instance.repository';
import { LedgerRepository } from '../../repositories/ledger.repository';

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
    for (const holdId of await this.holds.listTimedOut(now, BATCH_MAX)) await this.timeOutHold(holdId, now);
    for (const giftId of await this.gifts.listExpired(now, BATCH_MAX)) await this.returnGift(giftId, now);
    const expired = await this.instances.listExpired(now, BATCH_MAX);
    if (expired.length > 0) await this.expireInstances(expired, now);
  }

  private timeOutHold(holdId: string, now: Date): Promise<void> {
    return this.mongo.transaction(async (tx) => {
      // Read again in the transaction: a till may have been quicker.
      const hold = await this.holds.find(holdId, tx);
      const before = hold && (await this.instances.find(hold.instanceId, tx));
      if (!before || hold.state !== 'held' || hold.expiresAt > now) return;
      await this.holds.saveState({ ...hold, state: 'timed_out' }, tx);
      await this.save(before, moveInstance(before, 'void'), 'hold_timed_out', now, tx);
    });
  }

  private returnGift(giftId: string, now: Date): Promise<void> {
    return this.mongo.transaction(async (tx) => {
      const gift = await this.gifts.find(giftId, tx);
      const before = gift && (await this.instances.find(gift.instanceId, tx));
      if (!before || gift.state !== 'open' || gift.expiresAt > now) return;
      await this.gifts.save({ ...gift, state: 'expired' }, tx);
      await this.save(before, moveInstance(before, 'return_gift'), 'gift_returned', now, tx);
    });
  }

  private expireInstances(instanceIds: string[], now: Date): Promise<void> {
    return this.mongo.transaction(async (tx) => {
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

  private async save(before: Instance, after: Instance, cause: ChangeCause, now: Date, tx: Transaction): Promise<void> {
    await this.instances.saveMany([after], tx);
    tx.emit(event(BenefitStateChanged, after.instanceId, stateChanged(before, after, cause, now)));
  }
}
