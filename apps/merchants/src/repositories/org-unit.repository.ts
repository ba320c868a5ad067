import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { OrgUnit } from '../domain/org-unit';
import { withinScope } from './org-scope.filter';
import { orgUnitSchema, type OrgUnitDocument } from './org-unit.schema';

/** The organisation tree, by path. */
@Injectable()
export class OrgUnitRepository {
  private readonly units: Model<OrgUnitDocument>;

  constructor(mongo: Mongo) {
    this.units = mongo.model('OrgUnit', orgUnitSchema);
  }

  async exists(orgPath: string, tx?: Transaction): Promise<boolean> {
    return (await this.units.findById(orgPath, { _id: 1 }, { session: tx?.session }).lean()) !== null;
  }

  async findHeadOfficePath(tx: Transaction): Promise<string | undefined> {
    const filter = { kind: 'head_office' as const };
    const document = await this.units.findOne(filter, { _id: 1 }, { session: tx.session }).lean<{ _id: string }>();
    return document?._id;
  }

  async save({ orgPath, ...fields }: OrgUnit, tx: Transaction): Promise<void> {
    await this.units.updateOne({ _id: orgPath }, { $set: fields }, { session: tx.session, upsert: true });
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
