import type { JobLease } from '@tidegate/service';
import { Schema } from 'mongoose';
import type { ModelUse } from '../domain/models/slot-score';
import type { Push } from '../domain/push';

export interface PushDocument extends Omit<Push, 'pushId'>, JobLease {
  _id: string;
  /** Absent until a look at the finished push has dropped its parts. */
  arePartsDropped?: boolean;
}

export interface PushChunkDocument {
  /** `<push id>|<sequence>`, sequence padded so that ids sort. */
  _id: string;
  /** Absent when the push is over. */
  customerIds?: string[];
  /** Of the members and whether they were the last, to tell a repeat; absent in chunks of earlier versions. */
  digest?: string;
}

/** A scored block: one for each chunk, under its id. */
export interface PushBlockDocument {
  _id: string;
  /** Without those that came in an earlier block. */
  customerIds: string[];
  slots: string[];
  shortlists: Buffer;
  /** Champion and shadow of each slot for each member, as doubles; NaN for none. */
  propensities: Buffer;
  /** Which models ranked, and for each member and slot the place among them. */
  useKinds?: ModelUse[];
  usePlaces?: Buffer;
}

/** The plan of a block, under its id. */
export interface PushPlanDocument {
  _id: string;
  choices: Buffer;
  ranks: Buffer;
  explored: Buffer;
  lostTo: Buffer;
}

const { Mixed } = Schema.Types;

export const pushSchema = new Schema<PushDocument>(
  {
    _id: String,
    strategyId: String,
    state: String,
    leaseOwner: String,
    leaseUntil: Date,
    startedAt: Date,
    arePartsDropped: Boolean,
  },
  // Written as it is: a push is built by the domain, and what is asked for is declared above.
  { collection: 'pushes', versionKey: false, minimize: false, strict: false },
);
pushSchema.index({ state: 1, arePartsDropped: 1 });
pushSchema.index({ strategyId: 1, _id: -1 });

export const pushChunkSchema = new Schema<PushChunkDocument>(
  { _id: String, customerIds: { type: [String], default: undefined }, digest: String },
  { collection: 'push_chunks', versionKey: false },
);

export const pushBlockSchema = new Schema<PushBlockDocument>(
  {
    _id: String,
    customerIds: [String],
    slots: [String],
    shortlists: Mixed,
    propensities: Mixed,
    useKinds: Mixed,
    usePlaces: Mixed,
  },
  { collection: 'push_blocks', versionKey: false },
);

export const pushPlanSchema = new Schema<PushPlanDocument>(
  { _id: String, choices: Mixed, ranks: Mixed, explored: Mixed, lostTo: Mixed },
  { collection: 'push_plans', versionKey: false },
);
