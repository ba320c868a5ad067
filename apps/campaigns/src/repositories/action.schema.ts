import { Schema } from 'mongoose';
import type { Action } from '../domain/action';

export interface ActionDocument extends Omit<Action, 'actionId'> {
  _id: string;
}

/** Rules and treatments are kept as they are: the domain has checked them. */
export const actionSchema = new Schema<ActionDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    issue: { type: String, required: true },
    group: { type: String, required: true },
    treatments: { type: [Schema.Types.Mixed], required: true } as never,
    valueMinor: { type: Number, required: true },
    currency: { type: String, required: true },
    leverPercent: { type: Number, required: true },
    eligibility: { type: Schema.Types.Mixed, default: null } as never,
    applicability: { type: Schema.Types.Mixed, default: null } as never,
    suitability: { type: Schema.Types.Mixed, default: null } as never,
    modelSlot: { type: String, default: '' },
    purpose: { type: String, required: true },
    orgPath: { type: String, required: true },
    version: { type: Number, required: true },
    authors: { type: [Schema.Types.Mixed], default: [] } as never,
  },
  { collection: 'actions', versionKey: false, minimize: false },
);
actionSchema.index({ orgPath: 1, _id: 1 });
