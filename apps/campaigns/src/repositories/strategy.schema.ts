import { Schema } from 'mongoose';
import type { Strategy, StrategyVersion } from '../domain/strategy';
import type { StrategySnapshot } from '../domain/strategy-snapshot';

export interface StrategyDocument extends Omit<Strategy, 'strategyId'> {
  _id: string;
}

export interface ClosedVersionDocument extends StrategyVersion {
  /** `<strategy id>@<version>`. */
  _id: string;
}

export interface SnapshotDocument extends Omit<StrategySnapshot, 'strategyId'> {
  _id: string;
}

/** Versions are kept as they are: the domain has checked them. */
export const strategySchema = new Schema<StrategyDocument>(
  {
    _id: String,
    orgPath: { type: String, required: true },
    newestVersion: { type: Number, required: true },
    revision: { type: Number, required: true },
    open: { type: Schema.Types.Mixed, default: null } as never,
    live: { type: Schema.Types.Mixed, default: null } as never,
  },
  { collection: 'strategies', versionKey: false, minimize: false },
);
strategySchema.index({ orgPath: 1, _id: 1 });

/** Versions that a newer one, or the strategy's end, has closed. Only ever inserted. */
export const closedVersionSchema = new Schema<ClosedVersionDocument>(
  { _id: String },
  { collection: 'strategy_history', versionKey: false, strict: false },
);

export const snapshotSchema = new Schema<SnapshotDocument>(
  {
    _id: String,
    orgPath: { type: String, required: true },
    version: { type: Schema.Types.Mixed, required: true } as never,
    compiled: { type: Schema.Types.Mixed, required: true } as never,
    revision: { type: Number, required: true },
  },
  { collection: 'strategy_snapshots', versionKey: false, minimize: false },
);
snapshotSchema.index({ 'version.state': 1 });
