import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { localDay } from '../../../domain/stock';
import { noteActive, type TargetRef } from '../../domain/fan';
import { FanLedger } from '../../repositories/fan-ledger';
import { dayKey, fanKey, FanRepository, targetKey } from '../../repositories/fan.repository';

/** A customer was at an outlet or store. */
export interface Presence extends TargetRef {
  customerId: string;
  at: Date;
}

/** Counts fans who were at what they follow, each once a day. */
@Injectable()
export class NoteActivityUseCase {
  constructor(private readonly fans: FanRepository) {}

  async execute(presences: readonly Presence[], tx: Transaction): Promise<void> {
    // Most customers follow nothing where they are.
    const known = await this.fans.findFans(presences.map(fanKey), tx);
    const own = presences.filter((presence) => known.get(fanKey(presence))?.isFollowing);
    if (own.length === 0) return;
    const targets = await this.fans.findTargets(own.map(targetKey), tx);
    const rows = own.flatMap((presence) => {
      const target = targets.get(targetKey(presence));
      return target
        ? [{ key: targetKey(presence), fan: fanKey(presence), day: localDay(presence.at, target.timeZone) }]
        : [];
    });
    const keys = rows.map(({ key }) => key);
    const counts = await this.fans.findCounts(keys, tx);
    const ledger = new FanLedger(
      known,
      counts,
      await this.fans.findDays(
        rows.map(({ key, day }) => dayKey(key, day)),
        tx,
      ),
    );
    for (const { key, fan, day } of rows) {
      const held = ledger.fan(fan);
      const active = held && noteActive(held, day);
      if (active) ledger.change(fan, active, { key, day, growth: 0, isActive: true });
    }
    await this.fans.saveFans(ledger.changedFans, tx);
    await this.fans.saveDays(ledger.changedDays, tx);
  }
}
