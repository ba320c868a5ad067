import { DomainError, invalid, notFound } from '@tidegate/errors';

/** Willingness and ability of whoever is not judged. */
export const UNJUDGED = 3;

/** How willing 意愿 and able 能力 a person is for a topic, 0 to 5. */
export interface Judgement {
  /** Empty for everything that is not judged by itself. */
  topic: string;
  willingness: number;
  ability: number;
  note: string;
  judgedBy: string;
  judgedAt: Date;
}

export interface TeamPerson {
  agentId: string;
  name: string;
  /** Untouched customers at once, over all lists. */
  capacity: number;
  relations: { attribute: string; value: string }[];
  judgements: Judgement[];
}

/** People 团队 whom a name list can be split to. */
export interface Team {
  teamId: string;
  name: string;
  orgPath: string;
  people: TeamPerson[];
  version: number;
  /** The list whose split changes the team's load now; of two only one may, so that capacity is exact. Empty for none. */
  workingListId: string;
}

export type TeamDraft = Omit<Team, 'version' | 'workingListId' | 'people'> & {
  people: Omit<TeamPerson, 'judgements'>[];
};

const TOPICS_MAX = 50;

/**
 * The next version of a team. Who stays keeps his judgements. @param readVersion 0 replaces whichever there is
 * @throws VERSION_CONFLICT, VALIDATION_FAILED when a person is in it twice
 */
export function writeTeam(current: Team | null, draft: TeamDraft, readVersion: number): Team {
  const version = current?.version ?? 0;
  if (readVersion !== 0 && readVersion !== version) throw versionConflict(version);
  const known = new Map(current?.people.map((person) => [person.agentId, person.judgements]));
  const seen = new Set<string>();
  draft.people.forEach(({ agentId }, i) => {
    if (seen.has(agentId)) throw invalid([{ field: `team.people[${i}].agentId`, description: 'is in the team twice' }]);
    seen.add(agentId);
  });
  const people = draft.people.map((person) => ({ ...person, judgements: known.get(person.agentId) ?? [] }));
  return { ...draft, people, version: version + 1, workingListId: current?.workingListId ?? '' };
}

/**
 * The team with a person judged anew for a topic. @throws PERSON_NOT_FOUND, SELF_JUDGEMENT, JUDGEMENTS_TOO_MANY
 */
export function judgePerson(team: Team, agentId: string, judgement: Judgement): Team {
  const index = team.people.findIndex((person) => person.agentId === agentId);
  const person = team.people[index];
  if (person === undefined) throw notFound('PERSON_NOT_FOUND', 'Nobody of that id is in the team.', { agentId });
  if (judgement.judgedBy === agentId) throw denied('SELF_JUDGEMENT', 'Nobody judges himself.');
  const others = person.judgements.filter(({ topic }) => topic !== judgement.topic);
  if (others.length >= TOPICS_MAX) throw tooMany();
  const judged = { ...person, judgements: [...others, judgement] };
  return { ...team, people: team.people.with(index, judged), version: team.version + 1 };
}

/** What counts for a topic: its own judgement, else the general one, else the middle. */
export function judgementFor(person: TeamPerson, topic: string): { willingness: number; ability: number } {
  const of = (wanted: string): Judgement | undefined => person.judgements.find((each) => each.topic === wanted);
  const { willingness, ability } = of(topic) ?? of('') ?? { willingness: UNJUDGED, ability: UNJUDGED };
  return { willingness, ability };
}

const versionConflict = (version: number): DomainError =>
  new DomainError({
    code: 'ABORTED',
    reason: 'VERSION_CONFLICT',
    message: 'The team was changed meanwhile.',
    metadata: { version: String(version) },
  });

const denied = (reason: string, message: string): DomainError =>
  new DomainError({ code: 'PERMISSION_DENIED', reason, message });

const tooMany = (): DomainError =>
  new DomainError({
    code: 'FAILED_PRECONDITION',
    reason: 'JUDGEMENTS_TOO_MANY',
    message: `A person is judged for at most ${TOPICS_MAX} topics.`,
  });
