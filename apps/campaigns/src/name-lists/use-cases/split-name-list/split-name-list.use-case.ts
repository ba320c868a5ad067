import { Injectable } from '@nestjs/common';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireWork } from '../../../actor-scope';
import { withJob } from '../../domain/list-job';
import { startSplit } from '../../domain/list-split';
import { requireIdle, type NameList } from '../../domain/name-list';
import { checkPlan, DEFAULT_RELATIONS, receiversOf, type SplitPlan } from '../../domain/split-plan';
import { ListSplitRepository } from '../../repositories/list-split.repository';
import { NameListRepository } from '../../repositories/name-list.repository';
import { TeamRepository } from '../../repositories/team.repository';
import type { SplitNameListInput, SplitPlanInput } from './split-name-list.request';

const MAX_ROUNDS = 3;

/** Begins to split a ready list to people by a plan, in place of the split it had. */
@Injectable()
export class SplitNameListUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly splits: ListSplitRepository,
    private readonly teams: TeamRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws NAME_LIST_NOT_FOUND, NAME_LIST_NOT_READY, NAME_LIST_BUSY, TEAM_NOT_FOUND, TEAM_OF_OTHER_ORG, RELATION_UNKNOWN, PERSON_REPEATED,
   * PEOPLE_TOO_MANY, ORG_OUT_OF_SCOPE
   */
  async execute(actor: Actor, { requestId, listId, plan: given }: SplitNameListInput): Promise<NameList> {
    const plan = planOf(given);
    const input = { listId, plan, by: actor.id };
    return this.mongo.once({ scope: 'split-name-list', requestId, input }, async (tx) => {
      const list = await this.lists.get(listId, tx);
      requireWork(actor, list.orgPath);
      requireIdle(list);
      const teams = await this.teams.findMany(plan.teamIds, tx);
      checkPlan(plan, list, teams);
      receiversOf(plan, [...teams.values()], new Map());
      const next = withJob(
        { ...list, isSplit: true, placedCount: 0, failureReason: '' },
        'split',
        newId(),
        plan.relations.length,
      );
      await this.splits.save(startSplit(listId, plan, this.clock.now()), tx);
      await this.lists.save(next, tx);
      return next;
    });
  }
}

const planOf = (input: SplitPlanInput): SplitPlan => ({
  ...input,
  teamIds: [...new Set(input.teamIds)],
  relations: input.relations.length > 0 ? [...new Set(input.relations)] : [...DEFAULT_RELATIONS],
  teamQuotas: input.teamQuotas.map(({ teamId, quota }) => ({ teamId, quota })),
  maxRounds: input.maxRounds || MAX_ROUNDS,
});
