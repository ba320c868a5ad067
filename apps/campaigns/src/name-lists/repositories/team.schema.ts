import { Schema } from 'mongoose';
import type { Team } from '../domain/team';

export interface TeamDocument extends Omit<Team, 'teamId'> {
  _id: string;
}

export const teamSchema = new Schema<TeamDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    orgPath: { type: String, required: true },
    people: { type: Schema.Types.Mixed, required: true } as never,
    version: { type: Number, required: true },
    workingListId: String,
  },
  { collection: 'teams', versionKey: false, minimize: false },
);
teamSchema.index({ orgPath: 1, _id: 1 });
teamSchema.index({ 'people.agentId': 1 });
teamSchema.index({ workingListId: 1 });
