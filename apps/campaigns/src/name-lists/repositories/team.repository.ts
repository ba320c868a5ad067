import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { ofSubtree } from '../../repositories/org-filter';
import type { Team } from '../domain/team';
import { teamSchema, type TeamDocument } from './team.schema';

/** Teams, and which list has each to itself. */
@Injectable()
export class TeamRepository {
  private readonly teams: Model<TeamDocument>;

  constructor(mongo: Mongo) {
    this.teams = mongo.model('Team', teamSchema);
  }

  async findMany(teamIds: readonly string[], tx?: Transaction): Promise<Map<string, Team>> {
    if (teamIds.length === 0) return new Map();
    const documents = await this.teams
      .find({ _id: { $in: teamIds } }, null, { session: tx?.session })
      .lean<TeamDocument[]>();
    return new Map(documents.map((document) => [document._id, toTeam(document)]));
  }

  async find(teamId: string, tx?: Transaction): Promise<Team | null> {
    return (await this.findMany([teamId], tx)).get(teamId) ?? null;
  }

  /** @throws TEAM_NOT_FOUND */
  async get(teamId: string, tx?: Transaction): Promise<Team> {
    const team = await this.find(teamId, tx);
    if (team === null) throw notFound('TEAM_NOT_FOUND', 'There is no such team.', { teamId });
    return team;
  }

  /** Writes the next version over the one read in the same transaction. */
  async save({ teamId, ...fields }: Team, isNew: boolean, tx: Transaction): Promise<void> {
    if (isNew) await this.teams.create([{ _id: teamId, ...fields }], { session: tx.session });
    else await this.teams.replaceOne({ _id: teamId }, fields, { session: tx.session });
  }

  /** Gives teams to a list, or frees them with an empty id; the caller has read them in the same transaction. */
  async setWorkingList(teamIds: readonly string[], listId: string, tx: Transaction): Promise<void> {
    for (const teamId of teamIds) {
      await this.teams.updateOne({ _id: teamId }, { $set: { workingListId: listId } }, { session: tx.session });
    }
  }

  /** In id order. */
  async list(scope: string | undefined, limit: number, after?: string): Promise<Team[]> {
    const documents = await this.teams
      .find({ ...ofSubtree(scope), ...(after !== undefined && { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<TeamDocument[]>();
    return documents.map(toTeam);
  }
}

const toTeam = ({ _id, ...fields }: TeamDocument): Team => ({ teamId: _id, ...fields });
