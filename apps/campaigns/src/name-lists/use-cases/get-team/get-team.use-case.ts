import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../../actor-scope';
import type { Team } from '../../domain/team';
import { TeamRepository } from '../../repositories/team.repository';

@Injectable()
export class GetTeamUseCase {
  constructor(private readonly teams: TeamRepository) {}

  /** @throws TEAM_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, teamId: string): Promise<Team> {
    const team = await this.teams.get(teamId);
    requireWork(actor, team.orgPath);
    return team;
  }
}
