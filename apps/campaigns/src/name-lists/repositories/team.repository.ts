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

  /** Teams that one of the people is in. */
  async listOfPeople(personIds: readonly string[], tx: Transaction): Promise<Team[]> {
    if (personIds.length === 0) return [];
    const documents = await this.teams
      .find({ 'people.agentId': { $in: personIds } }, null, { session: tx.session })
      .lean<TeamDocument[]>();
    return documents.map(toTeam);
  }

  /** Whether one of the lists has a team to itself. */
  async hasWorking(listIds: readonly string[], tx: Transaction): Promise<boolean> {
    if (listIds.length === 0) return false;
    const found = await this.teams.findOne({ workingListId: { $in: listIds } }, { _id: 1 }, { session: tx.session });
    return found !== null;
  }

  /** Gives teams to a list; the caller has read them in the same transaction. */
  async setWorkingList(teamIds: readonly string[], listId: string, tx: Transaction): Promise<void> {
    for (const teamId of new Set(teamIds)) {
      await this.teams.updateOne({ _id: teamId }, { $set: { workingListId: listId } }, { session: tx.session });
    }
  }

  /** Gives back the teams that a list has, whoever is in them by now. */
  async free(listId: string, tx: Transaction): Promise<void> {
    await this.teams.updateMany({ workingListId: listId }, { $set: { workingListId: '' } }, { session: tx.session });
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
