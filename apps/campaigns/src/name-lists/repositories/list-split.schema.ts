import { Schema } from 'mongoose';
import type { Adjustment, ListSplit } from '../domain/list-split';

export interface ListSplitDocument extends Omit<ListSplit, 'listId'> {
  _id: string;
}

export interface ListAdjustmentDocument extends Adjustment {
  /** `<list id>|<round, six digits>`. */
  _id: string;
}

const { Mixed } = Schema.Types;

export const listSplitSchema = new Schema<ListSplitDocument>(
  {
    _id: String,
    plan: { type: Mixed, required: true } as never,
    receivers: { type: Mixed, required: true } as never,
    holdings: { type: Mixed, required: true } as never,
    counts: { type: Mixed, required: true } as never,
    passCounts: { type: Mixed, required: true } as never,
    splitAt: { type: Date, required: true },
    round: Number,
    adjustment: { type: Mixed, default: null } as never,
    isActive: Boolean,
  },
  { collection: 'name_list_splits', versionKey: false, minimize: false },
);
listSplitSchema.index({ 'receivers.id': 1, isActive: 1 });

export const listAdjustmentSchema = new Schema<ListAdjustmentDocument>(
  {
    _id: String,
    round: Number,
    startedAt: Date,
    finishedAt: Date,
    touchedCount: Number,
    recalledCount: Number,
    givenCount: Number,
  },
  { collection: 'name_list_adjustments', versionKey: false },
);
