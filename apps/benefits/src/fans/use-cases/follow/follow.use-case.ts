import { Injectable } from '@nestjs/common';
import { FanChanged } from '@tidegate/contracts/benefits/v1/fans_events';
import { event, GroupCommitter, Mongo, settle, type Settled, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { localDay } from '../../../domain/stock';
import { follow, type Fan, type FanTarget, type FollowCommand } from '../../domain/fan';
import { FanLedger } from '../../repositories/fan-ledger';
import { dayKey, fanKey, FanRepository, targetKey, targetNotFound } from '../../repositories/fan.repository';

/** Begins and ends following; a rush on one store is gathered and committed together. */
@Injectable()
export class FollowUseCase {
  private readonly committer: GroupCommitter<FollowCommand, Fan>;

  constructor(
    mongo: Mongo,
    private readonly fans: FanRepository,
    private readonly clock: Clock,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'follow',
      batchMax: 128,
      commit: (commands, tx) => this.commit(commands, tx),
    });
  }

  /** @throws TARGET_NOT_FOUND */
  execute(command: FollowCommand): Promise<Fan> {
    return this.committer.submit(command);
  }

  private async commit(commands: FollowCommand[], tx: Transaction): Promise<Settled<Fan>[]> {
    const now = this.clock.now();
    const keys = commands.map(targetKey);
    const targets = await this.fans.findTargets(keys, tx);
    const days = [...targets].map(([key, { timeZone }]) => dayKey(key, localDay(now, timeZone)));
    const ledger = new FanLedger(
      await this.fans.findFans(commands.map(fanKey), tx),
      await this.fans.findCounts(keys, tx),
      await this.fans.findDays(days, tx),
    );
    const settled = commands.map((command) =>
      settle(() => this.apply(ledger, targets.get(targetKey(command)), command, now, tx)),
    );
    await this.fans.saveFans(ledger.changedFans, tx);
    await this.fans.saveCounts(ledger.changedCounts, tx);
    await this.fans.saveDays(ledger.changedDays, tx);
    return settled;
  }

  private apply(
    ledger: FanLedger,
    target: FanTarget | undefined,
    command: FollowCommand,
    now: Date,
    tx: Transaction,
  ): Fan {
    if (!target) throw targetNotFound();
    const [key, held] = [targetKey(command), ledger.fan(fanKey(command))];
    const { fan, growth } = follow(held, command, now);
    // Who never followed has nothing to end.
    if (!held && growth === 0) return fan;
    ledger.change(fanKey(command), fan, { key, day: localDay(now, target.timeZone), growth, isActive: false });
    if (growth === 0) return fan;
    const { kind, targetId, orgPath } = target;
    const { customerId, isFollowing } = fan;
    const told = { kind, targetId, orgPath, customerId, isFollowing, fanCount: ledger.count(key), changedAt: now };
    tx.emit(event(FanChanged, key, told));
    return fan;
  }
}
