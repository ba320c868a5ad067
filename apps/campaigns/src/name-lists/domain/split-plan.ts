import { notFound, refused } from '@tidegate/errors';
import { isAtOrBelow } from '@tidegate/org-path';
import { judgementFor, type Team } from './team';

/** How a name list is split to people. */
export interface SplitPlan {
  teamIds: string[];
  /** In order: owner, outlet, anyone, or a relation attribute of the list. */
  relations: string[];
  topic: string;
  minWillingness: number;
  minAbility: number;
  /** Of this list for one person; 0 for no limit. */
  personQuota: number;
  teamQuotas: { teamId: string; quota: number }[];
  /** 0 for never. */
  recallAfterDays: number;
  /** How many people a customer is given to in all. */
  maxRounds: number;
}

/** Somebody who can be given members: a person of a team, or an organisation that a list is handed down to. */
export interface Receiver {
  id: string;
  teamId: string;
  orgPath: string;
  willingness: number;
  ability: number;
  /** Untouched members that he can have of this list. */
  capacity: number;
  /** Members that he can have of this list in all; 0 for no limit. */
  quota: number;
  relations: { attribute: string; value: string }[];
  /** In none of the teams any more, as of the last adjustment; absent for no. */
  hasLeft?: boolean;
}

/** What a receiver has of a list. */
export interface Holding {
  /** Touched ones included. */
  placed: number;
  touched: number;
  recalled: number;
}

export const RELATIONS = { owner: 'owner', outlet: 'outlet', anyone: 'anyone' } as const;
export const DEFAULT_RELATIONS = [RELATIONS.owner, RELATIONS.outlet];
/** People whom a list is split to. */
export const PEOPLE_MAX = 2_000;

export const NOTHING: Holding = { placed: 0, touched: 0, recalled: 0 };

/** Untouched ones. */
export const openOf = ({ placed, touched }: Holding): number => placed - touched;

/**
 * The people of teams as they are now, in a fixed order; who is in two of them comes twice.
 * @param loads untouched customers that people have of other lists
 */
export const peopleOf = (
  plan: Pick<SplitPlan, 'topic' | 'personQuota'>,
  teams: readonly Team[],
  loads: ReadonlyMap<string, number>,
): Receiver[] =>
  teams
    .flatMap((team) =>
      team.people.map((person): Receiver => ({
        id: person.agentId,
        teamId: team.teamId,
        orgPath: team.orgPath,
        ...judgementFor(person, plan.topic),
        capacity: Math.max(0, person.capacity - (loads.get(person.agentId) ?? 0)),
        quota: plan.personQuota,
        relations: person.relations,
      })),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));

/** Who a list can be split to by a plan. @param loads as of peopleOf. @throws PERSON_REPEATED, PEOPLE_TOO_MANY */
export function receiversOf(plan: SplitPlan, teams: readonly Team[], loads: ReadonlyMap<string, number>): Receiver[] {
  const receivers = peopleOf(plan, teams, loads);
  if (receivers.length > PEOPLE_MAX) {
    throw refused('PEOPLE_TOO_MANY', `A list is split to at most ${PEOPLE_MAX} people; hand it down first.`);
  }
  const twice = receivers.find(({ id }, i) => receivers[i + 1]?.id === id);
  if (twice) throw refused('PERSON_REPEATED', 'A person is in two of the teams.', { agentId: twice.id });
  return receivers;
}

/** @throws TEAM_NOT_FOUND, TEAM_OF_OTHER_ORG, VALIDATION_FAILED's siblings for relations and quotas that name nothing */
export function checkPlan(
  plan: SplitPlan,
  list: { orgPath: string; relationAttributes: readonly string[] },
  teams: ReadonlyMap<string, Team>,
): void {
  for (const teamId of plan.teamIds) {
    const team = teams.get(teamId);
    if (!team) throw notFound('TEAM_NOT_FOUND', 'There is no such team.', { teamId });
    if (!isAtOrBelow(team.orgPath, list.orgPath)) {
      throw refused('TEAM_OF_OTHER_ORG', 'The team is not of the list’s organisation.', { teamId });
    }
  }
  const known = [...Object.values<string>(RELATIONS), ...list.relationAttributes];
  const unknown = plan.relations.find((relation) => !known.includes(relation));
  if (unknown !== undefined) {
    throw refused('RELATION_UNKNOWN', 'The list was not frozen with this relation attribute.', { relation: unknown });
  }
  const stray = plan.teamQuotas.find(({ teamId }) => !plan.teamIds.includes(teamId));
  if (stray)
    throw notFound('TEAM_NOT_FOUND', 'A quota names a team that is not in the plan.', { teamId: stray.teamId });
}

/** Whether a receiver may get anything at all by the plan. */
export const isSuitable = (receiver: Receiver, plan: SplitPlan): boolean =>
  receiver.willingness >= plan.minWillingness && receiver.ability >= plan.minAbility && weightOf(receiver) > 0;

/** Willingness × ability: who has twice the weight gets twice as many, while there is room. */
export const weightOf = ({ willingness, ability }: Receiver): number => willingness * ability;
