import { Injectable } from '@nestjs/common';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { ownerOf, requireWork } from '../../../actor-scope';
import { writeTeam, type Team, type TeamDraft } from '../../domain/team';
import { TeamRepository } from '../../repositories/team.repository';
import type { PutTeamInput, TeamInput } from './put-team.request';

/** Creates or replaces a team 团队. Lists that are split keep who has what. */
@Injectable()
export class PutTeamUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly teams: TeamRepository,
  ) {}

  /** @throws VERSION_CONFLICT, VALIDATION_FAILED, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, { requestId, team: input }: PutTeamInput): Promise<Team> {
    const orgPath = ownerOf(actor, input.orgPath, 'team.orgPath');
    const draft = draftOf(input, orgPath);
    return this.mongo.once(
      { scope: 'put-team', requestId, input: { ...draft, teamId: input.teamId, version: input.version, by: actor.id } },
      async (tx) => {
        const current = await this.teams.find(draft.teamId, tx);
        if (current !== null) requireWork(actor, current.orgPath);
        const team = writeTeam(current, draft, input.version);
        await this.teams.save(team, current === null, tx);
        return team;
      },
    );
  }
}

const draftOf = (input: TeamInput, orgPath: string): TeamDraft => ({
  teamId: input.teamId || newId(),
  name: input.name,
  orgPath,
  people: input.people.map(({ agentId, name, capacity, relations }) => ({
    agentId,
    name,
    capacity,
    relations: relations.map(({ attribute, value }) => ({ attribute, value })),
  })),
});
