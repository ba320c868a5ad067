import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Script } from '../domain/script';
import { scriptKey as idOf } from '../domain/strategy-parts';
import { visibleTo } from './org-filter';
import { scriptHeadSchema, scriptSchema, type ScriptDocument, type ScriptHeadDocument } from './script.schema';

/** Newest version, owner and authors of a script. */
export type ScriptHead = Pick<Script, 'version' | 'orgPath' | 'authors'>;

/** Talk scripts, every version for good. */
@Injectable()
export class ScriptRepository {
  private readonly heads: Model<ScriptHeadDocument>;
  private readonly scripts: Model<ScriptDocument>;

  constructor(mongo: Mongo) {
    this.heads = mongo.model('ScriptHead', scriptHeadSchema);
    this.scripts = mongo.model('Script', scriptSchema);
  }

  async findHeads(scriptIds: readonly string[], tx?: Transaction): Promise<Map<string, ScriptHead>> {
    if (scriptIds.length === 0) return new Map();
    const documents = await this.heads
      .find({ _id: { $in: scriptIds } }, null, { session: tx?.session })
      .lean<ScriptHeadDocument[]>();
    return new Map(documents.map(({ _id, ...head }) => [_id, { ...UNKNOWN_AUTHORS, ...head }]));
  }

  async find(scriptId: string, version: number): Promise<Script | null> {
    const document = await this.scripts.findById(idOf(scriptId, version)).lean<ScriptDocument>();
    return document && toScript(document);
  }

  /** Newest versions in id order, of what a scope may use or sees below it. */
  async listHeads(
    limit: number,
    { scope, after }: { scope?: string; after?: string },
  ): Promise<(ScriptHead & { scriptId: string })[]> {
    const documents = await this.heads
      .find({ ...visibleTo(scope), ...(after !== undefined && { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<ScriptHeadDocument[]>();
    return documents.map(({ _id, ...head }) => ({ ...UNKNOWN_AUTHORS, scriptId: _id, ...head }));
  }

  /** By `scriptKey`; what there is not is left out. */
  async findTexts(keys: readonly string[]): Promise<Map<string, Script>> {
    if (keys.length === 0) return new Map();
    const documents = await this.scripts.find({ _id: { $in: [...new Set(keys)] } }).lean<ScriptDocument[]>();
    return new Map(documents.map((document) => [document._id, toScript(document)]));
  }

  /** Adds a version; two at once meet at the head. */
  async add(script: Script, tx: Transaction): Promise<void> {
    const { scriptId, version, orgPath, authors } = script;
    const head = { version, orgPath, authors };
    if (version === 1) await this.heads.create([{ _id: scriptId, ...head }], { session: tx.session });
    else await this.heads.updateOne({ _id: scriptId }, { $set: head }, { session: tx.session });
    await this.scripts.create([{ _id: idOf(scriptId, version), ...script }], { session: tx.session });
  }
}

/** Of documents that are older than authorship. */
const UNKNOWN_AUTHORS = { authors: [] };

const toScript = ({ _id: _ignored, ...script }: ScriptDocument): Script => ({ ...UNKNOWN_AUTHORS, ...script });
