import { Schema } from 'mongoose';
import type { CodePool, PoolAlarm } from '../domain/code-pool';
import type { CodeWithdrawal } from '../domain/code-withdrawal';

export type CodePoolDocument = Omit<CodePool, 'poolId'> & { _id: string };

/** Counted apart from each other: an import and the claims of the same pool do not meet. */
export interface PoolCountDocument {
  /** Pool id. */
  _id: string;
  count: number;
}

/** How many codes of a pool were given. What was withdrawn stands beside it, so that a claim and a withdrawal meet. */
export interface PoolAssignedDocument extends PoolCountDocument {
  /** Not there when nothing was ever withdrawn, as the next. */
  withdrawnCount?: number;
  /** Withdrawn places whose turn has not come: from, to, from, to. */
  withdrawn?: number[];
}

export interface ProviderDocument {
  /** Provider id. */
  _id: string;
  /** Digests of this provider's codes are made with it, whatever key seals them: they outlive a rotation. */
  sealedDigestKey: string;
}

/** A code as it is stored; it never changes. */
export interface CodeDocument {
  /** `<pool id>:<position>`. */
  _id: string;
  digest: string;
  sealed: string;
  importId: string;
  line: number;
}

/** Which code an instance has, for ever. */
export interface AssignmentDocument {
  /** Instance id. */
  _id: string;
  poolId: string;
  codeId: string;
  assignedAt: Date;
  shownAt: Date | null;
}

export type PoolAlarmDocument = Omit<PoolAlarm, 'alarmId'> & { _id: string };

export type CodeWithdrawalDocument = Omit<CodeWithdrawal, 'withdrawalId'> & { _id: string };

export const codePoolSchema = new Schema<CodePoolDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    providerId: { type: String, required: true },
    orgPath: { type: String, required: true },
    alarmBelowCount: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'code_pools', versionKey: false },
);
codePoolSchema.index({ createdAt: -1, _id: -1 });

export const poolImportedSchema = new Schema<PoolCountDocument>(
  { _id: String, count: Number },
  { collection: 'code_pool_imported_counts', versionKey: false },
);

export const poolAssignedSchema = new Schema<PoolAssignedDocument>(
  { _id: String, count: Number, withdrawnCount: Number, withdrawn: { type: [Number], default: undefined } },
  { collection: 'code_pool_assigned_counts', versionKey: false },
);

export const providerSchema = new Schema<ProviderDocument>(
  { _id: String, sealedDigestKey: String },
  { collection: 'code_providers', versionKey: false },
);

export const codeSchema = new Schema<CodeDocument>(
  { _id: String, digest: { type: String, required: true }, sealed: String, importId: String, line: Number },
  { collection: 'pool_codes', versionKey: false },
);
// A provider's code comes in once.
codeSchema.index({ digest: 1 }, { unique: true });

export const assignmentSchema = new Schema<AssignmentDocument>(
  {
    _id: String,
    poolId: String,
    codeId: { type: String, required: true },
    assignedAt: Date,
    shownAt: Date,
  },
  { collection: 'code_assignments', versionKey: false },
);
// One code to one instance for ever, whatever the counts say.
assignmentSchema.index({ codeId: 1 }, { unique: true });

export const poolAlarmSchema = new Schema<PoolAlarmDocument>(
  {
    _id: String,
    poolId: { type: String, required: true },
    poolName: String,
    providerId: String,
    orgPath: { type: String, required: true },
    kind: String,
    availableCount: Number,
    alarmBelowCount: Number,
    raisedAt: Date,
  },
  { collection: 'code_pool_alarms', versionKey: false },
);
poolAlarmSchema.index({ poolId: 1, _id: -1 });

export const codeWithdrawalSchema = new Schema<CodeWithdrawalDocument>(
  {
    _id: String,
    poolId: { type: String, required: true },
    importId: String,
    withdrawnCount: Number,
    actorId: String,
    reason: String,
    withdrawnAt: Date,
  },
  { collection: 'code_withdrawals', versionKey: false },
);
codeWithdrawalSchema.index({ poolId: 1, _id: -1 });
