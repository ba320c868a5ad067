import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireWork } from '../../../actor-scope';
import { judgePerson, type Team } from '../../domain/team';
import { TeamRepository } from '../../repositories/team.repository';
import type { JudgePersonInput } from './judge-person.request';

/** Judges a person's willingness 意愿 and ability 能力; the next split goes by it. */
@Injectable()
export class JudgePersonUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly teams: TeamRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws TEAM_NOT_FOUND, PERSON_NOT_FOUND, SELF_JUDGEMENT, JUDGEMENTS_TOO_MANY, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, { requestId, teamId, agentId, ...said }: JudgePersonInput): Promise<Team> {
    const input = { teamId, agentId, ...said, by: actor.id };
    return this.mongo.once({ scope: 'judge-person', requestId, input }, async (tx) => {
      const team = await this.teams.get(teamId, tx);
      requireWork(actor, team.orgPath);
      const next = judgePerson(team, agentId, { ...said, judgedBy: actor.id, judgedAt: this.clock.now() });
      await this.teams.save(next, false, tx);
      return next;
    });
  }
}
