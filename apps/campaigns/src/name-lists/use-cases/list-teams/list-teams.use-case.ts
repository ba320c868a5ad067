import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { listScope } from '../../../actor-scope';
import type { Team } from '../../domain/team';
import { TeamRepository } from '../../repositories/team.repository';

/** Teams of the actor's organisation and below, in id order. */
@Injectable()
export class ListTeamsUseCase {
  constructor(private readonly teams: TeamRepository) {}

  /** @throws STAFF_ONLY, PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    input: { pageSize: number; pageToken: string },
  ): Promise<{ teams: Team[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const after = decodePageToken(input.pageToken)?.[0];
    const teams = await this.teams.list(listScope(actor), limit, after);
    const last = teams.length === limit ? teams.at(-1) : undefined;
    return { teams, nextPageToken: last ? encodePageToken([last.teamId]) : '' };
  }
}
