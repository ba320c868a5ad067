import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import type { Persons } from '../../../domain/person';
import { PersonRepository } from '../../../repositories/person.repository';
import { holdsAt } from '../../../definitions/domain/definition';
import { counts, type Activity } from '../../domain/activity';
import { emptyGrowth, grow, type GrowthAccount } from '../../domain/growth-account';
import type { GrowthPlan } from '../../domain/growth-plan';
import { reviewedAt } from '../../domain/level-review';
import {
  advance,
  concerns,
  emptyProgress,
  periodOf,
  progressKey,
  type Mission,
  type MissionProgress,
} from '../../domain/mission';
import { GrowthPlans } from '../../growth-plans';
import { Missions } from '../../missions';
import { GrowthBook, type Writing } from '../../repositories/growth-book';
import { growthKey, GrowthRepository, keyOfGrowth, keyOfProgress } from '../../repositories/growth.repository';

interface Work<D> {
  definition: D;
  activity: Activity;
}

/** Takes what customers did into their growth value, levels and missions: those of the natural person 自然人, under all his profiles. */
@Injectable()
export class RecordActivitiesUseCase {
  constructor(
    private readonly plans: GrowthPlans,
    private readonly missions: Missions,
    private readonly growth: GrowthRepository,
    private readonly book: GrowthBook,
    private readonly persons: PersonRepository,
    private readonly clock: Clock,
  ) {}

  /** Inside the transaction of the consumer, which brings every activity once. */
  async execute(activities: Activity[], tx: Transaction): Promise<void> {
    const [plans, missions] = [await this.plans.active(), await this.missions.active()];
    const writing: Writing = { now: this.clock.now(), tx, owed: [] };
    const grown = workOf(plans, activities, ({ terms }, activity) =>
      terms.sources.some(({ filter }) => counts(filter, activity)),
    );
    const moved = workOf(missions, activities, concerns);
    const customerIds = new Set([...grown, ...moved].map(({ activity }) => activity.customerId));
    const persons = await this.persons.find([...customerIds], tx);
    if (grown.length > 0) await this.growAll(grown, persons, writing);
    if (moved.length > 0) await this.advanceAll(moved, { missions, persons }, writing);
    await this.book.owe(writing.owed, tx);
  }

  private async growAll(work: Work<GrowthPlan>[], persons: Persons, writing: Writing): Promise<void> {
    const { now, tx } = writing;
    const keyOf = ({ definition: plan, activity }: Work<GrowthPlan>): string =>
      growthKey(plan.definition.definitionId, activity.customerId);
    const othersOf = ({ definition: plan, activity }: Work<GrowthPlan>): string[] =>
      persons.othersOf(activity.customerId).map((other) => growthKey(plan.definition.definitionId, other));
    const keys = new Set(work.flatMap((each) => [keyOf(each), ...othersOf(each)]));
    const known = await this.growth.findAccounts([...keys], tx);
    const accounts = new Map(known);
    const planOf = new Map<string, GrowthPlan>();
    for (const each of work) {
      const { definition: plan, activity } = each;
      const before = accounts.get(keyOf(each)) ?? emptyGrowth(plan.definition.definitionId, activity.customerId, now);
      const others = othersOf(each).flatMap((key) => accounts.get(key) ?? []);
      accounts.set(keyOf(each), grow({ account: before, others }, plan, activity, reviewedAt(plan, now)));
      planOf.set(keyOf(each), plan);
    }
    const reviewed = new Map<string, GrowthAccount>();
    for (const [key, plan] of planOf) {
      const account = accounts.get(key);
      if (!account || reviewed.has(key)) continue;
      // A profile that never grew has no level to keep.
      const others = persons.othersOf(account.customerId).flatMap((other) => {
        const otherKey = growthKey(account.planId, other);
        const found = accounts.get(otherKey);
        return found && (found.level > 0 || planOf.has(otherKey)) ? [found] : [];
      });
      for (const each of this.book.review([account, ...others], plan, writing)) reviewed.set(keyOfGrowth(each), each);
    }
    await this.growth.saveAccounts([...reviewed.values()], known, tx);
    const beside = [...reviewed.values()].flatMap(({ planId, customerId }) =>
      persons.othersOf(customerId).map((other) => emptyGrowth(planId, other, now)),
    );
    const touched = new Map(beside.map((each) => [keyOfGrowth(each), each]));
    await this.growth.touchAccounts(
      [...touched].flatMap(([key, each]) => (reviewed.has(key) ? [] : [each])),
      tx,
    );
  }

  private async advanceAll(
    work: Work<Mission>[],
    { missions, persons }: { missions: Mission[]; persons: Persons },
    writing: Writing,
  ): Promise<void> {
    const { tx } = writing;
    const byId = new Map(missions.map((mission) => [mission.definition.definitionId, mission]));
    const profilesOf = (activity: Activity): Activity[] =>
      [activity.customerId, ...persons.othersOf(activity.customerId)].map((customerId) => ({
        ...activity,
        customerId,
      }));
    const keys = work.flatMap(({ definition, activity }) =>
      profilesOf(activity).flatMap((each) => [
        keyAt(definition, each),
        ...(definition.terms.afterMissionId ? [firstKey(definition, byId, each)] : []),
      ]),
    );
    const known = await this.growth.findProgress([...new Set(keys)], tx);
    const progress = new Map(known);
    const changed = new Set<string>();
    const beside = new Map<string, MissionProgress>();
    for (const [activity, ofActivity] of groupByActivity(work)) {
      const profiles = profilesOf(activity);
      // Judged before the activity counts: what opens a mission is no step of it.
      const open = ofActivity.filter(
        (mission) =>
          mission.terms.afterMissionId === '' ||
          profiles.some((each) => progress.get(firstKey(mission, byId, each))?.doneAt),
      );
      for (const mission of open) {
        const key = keyAt(mission, activity);
        const before = progress.get(key) ?? emptyProgress(mission, activity.customerId, activity.at);
        const others = profiles.slice(1).map((each) => emptyProgress(mission, each.customerId, each.at));
        const known = others.flatMap((each) => progress.get(keyOfProgress(each)) ?? []);
        const advanced = advance(before, mission, activity, known);
        if (advanced.progress === before) continue;
        progress.set(key, advanced.progress);
        changed.add(key);
        for (const each of others) beside.set(keyOfProgress(each), each);
        this.book.advanced(advanced, mission, writing);
      }
    }
    const written = [...changed].flatMap((key) => progress.get(key) ?? []);
    await this.growth.saveProgress(written, known, tx);
    await this.growth.touchProgress(
      [...beside].flatMap(([key, each]) => (changed.has(key) ? [] : [each])),
      tx,
    );
  }
}

/** Which definitions an activity matters to: those that hold at its time. */
function workOf<D extends GrowthPlan | Mission>(
  definitions: readonly D[],
  activities: readonly Activity[],
  matters: (definition: D, activity: Activity) => boolean,
): Work<D>[] {
  return activities.flatMap((activity) =>
    definitions
      .filter((each) => holdsAt(each.definition, activity.at) && matters(each, activity))
      .map((definition) => ({ definition, activity })),
  );
}

const keyAt = (mission: Mission, { customerId, at }: Activity): string =>
  progressKey(mission.definition.definitionId, customerId, periodOf(mission, at));

/** The progress of the mission that comes before, in its own period. */
function firstKey({ terms }: Mission, byId: ReadonlyMap<string, Mission>, { customerId, at }: Activity): string {
  const first = byId.get(terms.afterMissionId);
  return progressKey(terms.afterMissionId, customerId, first ? periodOf(first, at) : '');
}

function groupByActivity(work: readonly Work<Mission>[]): Map<Activity, Mission[]> {
  const groups = new Map<Activity, Mission[]>();
  for (const { activity, definition } of work) groups.set(activity, [...(groups.get(activity) ?? []), definition]);
  return groups;
}
