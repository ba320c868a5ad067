import { Schema } from 'mongoose';
import type { OrgUnit } from '../domain/org-unit';

export interface OrgUnitDocument extends Omit<OrgUnit, 'orgPath'> {
  /** The organisation path. */
  _id: string;
}

export const orgUnitSchema = new Schema<OrgUnitDocument>(
  { _id: String, name: { type: String, required: true }, kind: { type: String, required: true } },
  { collection: 'org_units', versionKey: false },
);
orgUnitSchema.index({ kind: 1 });
