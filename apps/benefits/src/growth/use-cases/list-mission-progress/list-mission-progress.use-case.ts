import { Injectable } from '@nestjs/common';
import type { MissionProgress as ShownProgress } from '@tidegate/contracts/benefits/v1/growth';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import type { CustomerPageInput } from '../../../definitions/definition.request';
import { holdsAt, withoutStaff } from '../../../definitions/domain/definition';
import { emptyProgress, periodOf, progressKey, type Mission, type MissionProgress } from '../../domain/mission';
import { Missions } from '../../missions';
import { GrowthRepository } from '../../repositories/growth.repository';

/** The missions that hold now, with one customer's progress in each. */
@Injectable()
export class ListMissionProgressUseCase {
  constructor(
    private readonly missions: Missions,
    private readonly growth: GrowthRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(page: CustomerPageInput): Promise<{ missions: ShownProgress[]; nextPageToken: string }> {
    const now = this.clock.now();
    const limit = pageSize(page.pageSize, { max: 100, fallback: 50 });
    const [after = ''] = decodePageToken(page.pageToken) ?? [];
    const active = await this.missions.active();
    const byId = new Map(active.map((mission) => [mission.definition.definitionId, mission]));
    const open = active
      .filter(({ definition }) => holdsAt(definition, now) && definition.definitionId > after)
      .sort((a, b) => (a.definition.definitionId < b.definition.definitionId ? -1 : 1));
    const shown = open.slice(0, limit);
    const keyOf = (mission: Mission): string =>
      progressKey(mission.definition.definitionId, page.customerId, periodOf(mission, now));
    const firstKeyOf = ({ terms }: Mission): string => {
      const first = byId.get(terms.afterMissionId);
      return first ? keyOf(first) : progressKey(terms.afterMissionId, page.customerId, '');
    };
    const found = await this.growth.findProgress(shown.flatMap((mission) => [keyOf(mission), firstKeyOf(mission)]));
    const last = open.length > limit ? shown.at(-1)?.definition.definitionId : undefined;
    return {
      missions: shown.map((mission) => {
        const progress = found.get(keyOf(mission)) ?? emptyProgress(mission, page.customerId, now);
        const isLocked = mission.terms.afterMissionId !== '' && !found.get(firstKeyOf(mission))?.doneAt;
        return toShown(mission, progress, isLocked);
      }),
      nextPageToken: last ? encodePageToken([last]) : '',
    };
  }
}

const toShown = (mission: Mission, { progress, doneAt, periodStart }: MissionProgress, isLocked: boolean) => ({
  mission: withoutStaff(mission),
  state: doneAt ? 'done' : isLocked ? 'locked' : 'open',
  periodStart,
  steps: mission.terms.steps.map(({ name, target }, index) => ({
    name,
    target,
    progress: progress[index] ?? 0,
    isDone: (progress[index] ?? 0) >= target,
  })),
  doneAt: doneAt ?? undefined,
});
