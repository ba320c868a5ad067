import { emptyDay, type Fan, type FanDay } from '../domain/fan';
import { dayKey } from './fan.repository';
import type { TargetKey } from './fan.schema';

/** What one group of wishes or deeds has read, and how it changes it so far. */
export class FanLedger {
  readonly changedFans = new Map<string, Fan>();
  readonly changedCounts = new Map<TargetKey, number>();
  readonly changedDays = new Map<string, { targetKey: TargetKey; day: FanDay }>();

  constructor(
    private readonly fans: ReadonlyMap<string, Fan>,
    private readonly counts: ReadonlyMap<TargetKey, number>,
    private readonly days: ReadonlyMap<string, FanDay>,
  ) {}

  fan(key: string): Fan | undefined {
    return this.changedFans.get(key) ?? this.fans.get(key);
  }

  count(key: TargetKey): number {
    return this.changedCounts.get(key) ?? this.counts.get(key) ?? 0;
  }

  /** Takes a change of one fan in, and what it does to its target's day. */
  change(key: string, fan: Fan, target: { key: TargetKey; day: string; growth: number; isActive: boolean }): void {
    this.changedFans.set(key, fan);
    const fanCount = this.count(target.key) + target.growth;
    if (target.growth !== 0) this.changedCounts.set(target.key, fanCount);
    if (target.growth === 0 && !target.isActive) return;
    const id = dayKey(target.key, target.day);
    const held = this.changedDays.get(id)?.day ?? this.days.get(id) ?? emptyDay(target.day, fanCount);
    const day: FanDay = {
      ...held,
      followedCount: held.followedCount + (target.growth > 0 ? 1 : 0),
      unfollowedCount: held.unfollowedCount + (target.growth < 0 ? 1 : 0),
      activeCount: held.activeCount + (target.isActive ? 1 : 0),
      fanCount: target.growth === 0 ? held.fanCount : fanCount,
    };
    this.changedDays.set(id, { targetKey: target.key, day });
  }
}
