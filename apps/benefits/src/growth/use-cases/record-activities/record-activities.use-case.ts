import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { holdsAt } from '../../../definitions/domain/definition';
import { counts, type Activity } from '../../domain/activity';
import { emptyGrowth, grow } from '../../domain/growth-account';
import type { GrowthPlan } from '../../domain/growth-plan';
import { advance, concerns, emptyProgress, periodOf, progressKey, type Mission } from '../../domain/mission';
import { GrowthPlans } from '../../growth-plans';
import { Missions } from '../../missions';
import { GrowthBook, type Writing } from '../../repositories/growth-book';
import { growthKey, GrowthRepository } from '../../repositories/growth.repository';

interface Work<D> {
  definition: D;
  activity: Activity;
}

/** Takes what customers did into their growth value, levels and missions. */
@Injectable()
export class RecordActivitiesUseCase {
  constructor(
    private readonly plans: GrowthPlans,
    private readonly missions: Missions,
    private readonly growth: GrowthRepository,
    private readonly book: GrowthBook,
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
    if (grown.length > 0) await this.growAll(grown, writing);
    if (moved.length > 0) await this.advanceAll(moved, missions, writing);
    await this.book.owe(writing.owed, tx);
  }

  private async growAll(work: Work<GrowthPlan>[], writing: Writing): Promise<void> {
    const { now, tx } = writing;
    const keyOf = ({ definition: plan, activity }: Work<GrowthPlan>): string =>
      growthKey(plan.definition.definitionId, activity.customerId);
    const known = await this.growth.findAccounts([...new Set(work.map(keyOf))], tx);
    const accounts = new Map(known);
    const planOf = new Map<string, GrowthPlan>();
    for (const each of work) {
      const { definition: plan, activity } = each;
      const before = accounts.get(keyOf(each)) ?? emptyGrowth(plan.definition.definitionId, activity.customerId, now);
      accounts.set(keyOf(each), grow(before, plan, activity, now));
      planOf.set(keyOf(each), plan);
    }
    const reviewed = [...planOf].flatMap(([key, plan]) => {
      const account = accounts.get(key);
      return account ? [this.book.review(account, plan, writing)] : [];
    });
    await this.growth.saveAccounts(reviewed, known, tx);
  }

  private async advanceAll(work: Work<Mission>[], missions: Mission[], writing: Writing): Promise<void> {
    const { tx } = writing;
    const byId = new Map(missions.map((mission) => [mission.definition.definitionId, mission]));
    const keys = work.flatMap(({ definition, activity }) => [
      keyAt(definition, activity),
      ...(definition.terms.afterMissionId ? [firstKey(definition, byId, activity)] : []),
    ]);
    const known = await this.growth.findProgress([...new Set(keys)], tx);
    const progress = new Map(known);
    const changed = new Set<string>();
    for (const [activity, ofActivity] of groupByActivity(work)) {
      // Judged before the activity counts: what opens a mission is no step of it.
      const open = ofActivity.filter((mission) => {
        const isFollower = mission.terms.afterMissionId !== '';
        return !isFollower || Boolean(progress.get(firstKey(mission, byId, activity))?.doneAt);
      });
      for (const mission of open) {
        const key = keyAt(mission, activity);
        const before = progress.get(key) ?? emptyProgress(mission, activity.customerId, activity.at);
        const advanced = advance(before, mission, activity);
        if (advanced.progress === before) continue;
        progress.set(key, advanced.progress);
        changed.add(key);
        this.book.advanced(advanced, mission, writing);
      }
    }
    const written = [...changed].flatMap((key) => progress.get(key) ?? []);
    await this.growth.saveProgress(written, known, tx);
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
