import { Injectable } from '@nestjs/common';
import type { MissionProgress as ShownProgress } from '@tidegate/contracts/benefits/v1/growth';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import type { CustomerPageInput } from '../../../definitions/definition.request';
import { PersonRepository } from '../../../repositories/person.repository';
import { holdsAt, withoutStaff } from '../../../definitions/domain/definition';
import { periodOf, progressKey, standingOf, type Mission, type MissionProgress } from '../../domain/mission';
import { Missions } from '../../missions';
import { GrowthRepository } from '../../repositories/growth.repository';

/** The missions that hold now, with one person's progress in each, under whichever of his profiles. */
@Injectable()
export class ListMissionProgressUseCase {
  constructor(
    private readonly missions: Missions,
    private readonly growth: GrowthRepository,
    private readonly persons: PersonRepository,
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
    const profiles = [page.customerId, ...(await this.persons.find([page.customerId])).othersOf(page.customerId)];
    const keysOf = (mission: Mission): string[] =>
      profiles.map((each) => progressKey(mission.definition.definitionId, each, periodOf(mission, now)));
    const firstKeysOf = ({ terms }: Mission): string[] => {
      const first = byId.get(terms.afterMissionId);
      return first ? keysOf(first) : profiles.map((each) => progressKey(terms.afterMissionId, each, ''));
    };
    const found = await this.growth.findProgress(
      shown.flatMap((mission) => [...keysOf(mission), ...firstKeysOf(mission)]),
    );
    const last = open.length > limit ? shown.at(-1)?.definition.definitionId : undefined;
    return {
      missions: shown.map((mission) => {
        const all = keysOf(mission).flatMap((key) => found.get(key) ?? []);
        const isLocked =
          mission.terms.afterMissionId !== '' && !firstKeysOf(mission).some((key) => found.get(key)?.doneAt);
        return { ...toShown(mission, all, isLocked), periodStart: periodOf(mission, now) };
      }),
      nextPageToken: last ? encodePageToken([last]) : '',
    };
  }
}

function toShown(mission: Mission, all: readonly MissionProgress[], isLocked: boolean) {
  const { doneAt, steps } = standingOf(all, mission);
  return {
    mission: withoutStaff(mission),
    state: doneAt ? 'done' : isLocked ? 'locked' : 'open',
    steps: mission.terms.steps.map(({ name, target }, index) => ({
      name,
      target,
      progress: 0,
      isDone: false,
      ...steps[index],
    })),
    doneAt: doneAt ?? undefined,
  };
}
