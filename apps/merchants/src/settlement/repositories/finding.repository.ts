import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { withinScope } from '../../repositories/org-scope.filter';
import type { FindingState, SettlementFinding } from '../domain/finding';
import { settlementFindingSchema, type SettlementFindingDocument } from './settlement.schema';

/** Redemptions that could not be settled as they are. */
@Injectable()
export class FindingRepository {
  private readonly findings: Model<SettlementFindingDocument>;

  constructor(mongo: Mongo) {
    this.findings = mongo.model('SettlementFinding', settlementFindingSchema);
  }

  /** Those that are not there yet: a finding keeps the day that it was found on. */
  async addMissing(findings: SettlementFinding[], tx: Transaction): Promise<void> {
    await this.findings.bulkWrite(
      findings.map(({ redemptionId, ...fields }) => ({
        updateOne: { filter: { _id: redemptionId }, update: { $setOnInsert: fields }, upsert: true },
      })),
      { session: tx.session },
    );
  }

  async settle(redemptionId: string, settledAt: Date, tx: Transaction): Promise<void> {
    const settled = { state: 'settled', settledAt };
    await this.findings.updateOne({ _id: redemptionId, state: 'open' }, { $set: settled }, { session: tx.session });
  }

  /** Which of the merchants have an open finding of a business day. */
  async findHeld(businessDate: string, merchantIds: string[], tx: Transaction): Promise<Set<string>> {
    const projection = { merchantId: 1 };
    const documents = await this.findings
      .find({ state: 'open', businessDate, merchantId: { $in: merchantIds } }, projection, { session: tx.session })
      .lean<Pick<SettlementFindingDocument, 'merchantId'>[]>();
    return new Set(documents.map(({ merchantId }) => merchantId));
  }

  /** Open ones by redemption id. */
  async listOpen(limit: number, after: string): Promise<SettlementFinding[]> {
    const documents = await this.findings
      .find({ state: 'open', _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<SettlementFindingDocument[]>();
    return documents.map(toFinding);
  }

  /** Newest first. */
  async list(
    { merchantId, scope, state }: { merchantId: string; scope: string; state: FindingState | '' },
    limit: number,
    after?: { foundAt: Date; id: string },
  ): Promise<SettlementFinding[]> {
    const older = after && {
      $or: [{ foundAt: { $lt: after.foundAt } }, { foundAt: after.foundAt, _id: { $lt: after.id } }],
    };
    const documents = await this.findings
      .find({
        ...(merchantId && { merchantId }),
        ...(state && { state }),
        $and: [withinScope('orgPath', scope), older ?? {}],
      })
      .sort({ foundAt: -1, _id: -1 })
      .limit(limit)
      .lean<SettlementFindingDocument[]>();
    return documents.map(toFinding);
  }
}

const toFinding = ({ _id, ...fields }: SettlementFindingDocument): SettlementFinding => ({
  redemptionId: _id,
  ...fields,
});
