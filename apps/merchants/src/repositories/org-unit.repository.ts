import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { OrgKind, OrgUnit } from '../domain/org-unit';
import { withinScope } from './org-scope.filter';
import { orgRootSchema, orgUnitSchema, type OrgRootDocument, type OrgUnitDocument } from './org-unit.schema';

/** There is one tree. */
const ROOT = 'root';

/** The organisation tree, by path. */
@Injectable()
export class OrgUnitRepository {
  private readonly units: Model<OrgUnitDocument>;
  private readonly roots: Model<OrgRootDocument>;

  constructor(mongo: Mongo) {
    this.units = mongo.model('OrgUnit', orgUnitSchema);
    this.roots = mongo.model('OrgRoot', orgRootSchema);
  }

  async exists(orgPath: string, tx?: Transaction): Promise<boolean> {
    return (await this.units.findById(orgPath, { _id: 1 }, { session: tx?.session }).lean()) !== null;
  }

  /** Those of the paths at which there is a unit. */
  async findExisting(orgPaths: readonly string[], tx?: Transaction): Promise<Set<string>> {
    if (orgPaths.length === 0) return new Set();
    const documents = await this.units
      .find({ _id: { $in: [...orgPaths] } }, { _id: 1 }, { session: tx?.session })
      .lean<{ _id: string }[]>();
    return new Set(documents.map(({ _id }) => _id));
  }

  /** Makes the rest of the transaction the only one that decides on the head office; another one runs again. */
  async lockRoot({ session }: Transaction): Promise<void> {
    await this.roots.updateOne({ _id: ROOT }, { $inc: { revision: 1 } }, { session, upsert: true });
  }

  async findHeadOfficePath(tx: Transaction): Promise<string | undefined> {
    const filter = { kind: 'head_office' as const };
    const document = await this.units.findOne(filter, { _id: 1 }, { session: tx.session }).lean<{ _id: string }>();
    return document?._id;
  }

  async save({ orgPath, ...fields }: OrgUnit, tx: Transaction): Promise<void> {
    await this.units.updateOne({ _id: orgPath }, { $set: fields }, { session: tx.session, upsert: true });
  }

  /** Paths of the units of a kind at a path or below it; `scope` empty means the whole tree. */
  async listPaths(kind: OrgKind, scope: string, limit: number): Promise<string[]> {
    const documents = await this.units
      .find({ kind, ...withinScope('_id', scope) }, { _id: 1 })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }

  /** A path's unit and those below it, by path; `scope` empty means the whole tree. */
  async listWithin(scope: string, limit: number, after = ''): Promise<OrgUnit[]> {
    const documents = await this.units
      .find({ $and: [withinScope('_id', scope), { _id: { $gt: after } }] })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<OrgUnitDocument[]>();
    return documents.map(toOrgUnit);
  }
}

function toOrgUnit({ _id, ...fields }: OrgUnitDocument): OrgUnit {
  return { orgPath: _id, ...fields };
}
