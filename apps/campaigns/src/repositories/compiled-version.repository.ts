import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import type { CompiledStrategy } from '../domain/strategy-snapshot';

interface CompiledVersionDocument {
  /** `<strategy id>@<version>`. */
  _id: string;
  compiled: CompiledStrategy;
}

const schema = new Schema<CompiledVersionDocument>(
  { _id: String, compiled: { type: Schema.Types.Mixed, required: true } as never },
  { collection: 'compiled_versions', versionKey: false, minimize: false },
);

const idOf = (strategyId: string, version: number): string => `${strategyId}@${version}`;

/** What each published version was compiled to, for good: a roll-back puts exactly that in force again. Only ever inserted. */
@Injectable()
export class CompiledVersionRepository {
  private readonly versions: Model<CompiledVersionDocument>;

  constructor(mongo: Mongo) {
    this.versions = mongo.model('CompiledVersion', schema);
  }

  async find(strategyId: string, version: number): Promise<CompiledStrategy | null> {
    const document = await this.versions.findById(idOf(strategyId, version)).lean<CompiledVersionDocument>();
    return document?.compiled ?? null;
  }

  async add(strategyId: string, version: number, compiled: CompiledStrategy, tx: Transaction): Promise<void> {
    await this.versions.create([{ _id: idOf(strategyId, version), compiled }], { session: tx.session });
  }
}
