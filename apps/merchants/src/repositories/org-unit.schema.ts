import { Schema } from 'mongoose';
import type { OrgUnit } from '../domain/org-unit';

export interface OrgUnitDocument extends Omit<OrgUnit, 'orgPath'> {
  /** The organisation path. */
  _id: string;
}

/** Written by whoever puts the head office: two that come at once conflict. */
export interface OrgRootDocument {
  _id: string;
  revision: number;
}

export const orgUnitSchema = new Schema<OrgUnitDocument>(
  { _id: String, name: { type: String, required: true }, kind: { type: String, required: true } },
  { collection: 'org_units', versionKey: false },
);
orgUnitSchema.index({ kind: 1 });

export const orgRootSchema = new Schema<OrgRootDocument>(
  { _id: String, revision: { type: Number, required: true } },
  { collection: 'org_roots', versionKey: false },
);
