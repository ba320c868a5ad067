import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import { addDays } from '../../../definitions/domain/calendar-period';
import { growthOf, type FanDay } from '../../domain/fan';
import { dayKey, FanRepository, targetKey } from '../../repositories/fan.repository';
import type { GetFanGrowthInput } from './get-fan-growth.request';

const DAYS_MAX = 366;
/** Days in a row on which nobody came or went that are looked through for the count. */
const ACTIVE_DAYS_MAX = 400;

/** Growth and activity of a target's fans by day. */
@Injectable()
export class GetFanGrowthUseCase {
  constructor(private readonly fans: FanRepository) {}

  /** @throws TARGET_NOT_FOUND, ORG_OUT_OF_SCOPE, VALIDATION_FAILED */
  async execute(actor: Actor, { fromDay, toDay, ...ref }: GetFanGrowthInput): Promise<FanDay[]> {
    const days = daysBetween(fromDay, toDay);
    requireOrgScope(actor, (await this.fans.getTarget(ref)).orgPath);
    const key = targetKey(ref);
    const held = await this.fans.findDays(days.map((day) => dayKey(key, day)));
    const known = new Map([...held.values()].map((day) => [day.day, day]));
    return growthOf(days, known, await this.countBefore(key, fromDay));
  }

  /** The count on the last day before that moved it; days of activity alone tell no count of their own. */
  private async countBefore(key: string, day: string): Promise<number> {
    const days = await this.fans.listDaysBefore(key, day, ACTIVE_DAYS_MAX);
    const moved = days.find(({ followedCount, unfollowedCount }) => followedCount + unfollowedCount > 0);
    return (moved ?? days.at(-1))?.fanCount ?? 0;
  }
}

function daysBetween(fromDay: string, toDay: string): string[] {
  const days: string[] = [];
  for (let day = fromDay; day <= toDay && days.length <= DAYS_MAX; day = addDays(day, 1)) days.push(day);
  if (days.length >= 1 && days.length <= DAYS_MAX) return days;
  throw invalid([{ field: 'toDay', description: `must be on or after fromDay, by at most ${DAYS_MAX} days` }]);
}
