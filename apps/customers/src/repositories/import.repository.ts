import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model, mongo } from 'mongoose';
import type { ImportJob, ImportRefusal, ImportState } from '../domain/import-job';
import {
  importChunkSchema,
  importRefusalSchema,
  importSchema,
  type ImportChunkDocument,
  type ImportDocument,
  type ImportRefusalDocument,
} from './import.schema';

const chunkId = (importId: string, sequence: number): string => `${importId}:${sequence}`;
const refusalId = (importId: string, line: number): string => `${importId}:${String(line).padStart(10, '0')}`;

/** Imports, the content they received, and the lines they refused. */
@Injectable()
export class ImportRepository {
  private readonly imports: Model<ImportDocument>;
  private readonly chunks: Model<ImportChunkDocument>;
  private readonly refusals: Model<ImportRefusalDocument>;

  constructor(mongo: Mongo) {
    this.imports = mongo.model('Import', importSchema);
    this.chunks = mongo.model('ImportChunk', importChunkSchema);
    this.refusals = mongo.model('ImportRefusal', importRefusalSchema);
  }

  async add(job: ImportJob, tx: Transaction): Promise<void> {
    await this.importCollection.insertOne(toDocument(job), { session: tx.session });
  }

  async find(importId: string, tx?: Transaction): Promise<ImportJob | null> {
    const document = await this.importCollection.findOne({ _id: importId }, { session: tx?.session });
    return document && toJob(document);
  }

  /** @throws IMPORT_NOT_FOUND */
  async get(importId: string, tx?: Transaction): Promise<ImportJob> {
    const found = await this.find(importId, tx);
    if (!found) throw notFound('IMPORT_NOT_FOUND', 'There is no such import.', { importId });
    return found;
  }

  async save(job: ImportJob, tx: Transaction): Promise<void> {
    const { _id, ...replacement } = toDocument(job);
    await this.importCollection.replaceOne({ _id }, replacement, { session: tx.session });
  }

  /** The oldest first. */
  async listByState(state: ImportState): Promise<ImportJob[]> {
    return (await this.importCollection.find({ state }).sort({ _id: 1 }).toArray()).map(toJob);
  }

  async addChunk(importId: string, sequence: number, content: Buffer, tx: Transaction): Promise<void> {
    await this.chunkCollection.insertOne(
      { _id: chunkId(importId, sequence), importId, sequence, content },
      { session: tx.session },
    );
  }

  async findChunk(importId: string, sequence: number): Promise<Buffer | null> {
    // Promoted to a Buffer by the driver, not a BSON wrapper of one.
    const document = await this.chunkCollection.findOne({ _id: chunkId(importId, sequence) }, { promoteBuffers: true });
    return document?.content ?? null;
  }

  /** The content is not needed once the import is over. */
  async removeChunks(importId: string): Promise<void> {
    await this.chunkCollection.deleteMany({ importId });
  }

  async addRefusals(importId: string, refusals: readonly ImportRefusal[], tx: Transaction): Promise<void> {
    if (refusals.length === 0) return;
    await this.refusalCollection.insertMany(
      refusals.map((refusal) => ({ _id: refusalId(importId, refusal.line), ...refusal })),
      { session: tx.session },
    );
  }

  /** By line, after a line. */
  async listRefusals(importId: string, afterLine: number, limit: number): Promise<ImportRefusal[]> {
    const documents = await this.refusalCollection
      .find({ _id: { $gt: refusalId(importId, afterLine), $lt: `${importId};` } })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    return documents.map(({ line, reason, message }) => ({ line, reason, message }));
  }

  private get importCollection(): mongo.Collection<ImportDocument> {
    return this.imports.collection as unknown as mongo.Collection<ImportDocument>;
  }

  private get chunkCollection(): mongo.Collection<ImportChunkDocument> {
    return this.chunks.collection as unknown as mongo.Collection<ImportChunkDocument>;
  }

  private get refusalCollection(): mongo.Collection<ImportRefusalDocument> {
    return this.refusals.collection as unknown as mongo.Collection<ImportRefusalDocument>;
  }
}

function toDocument({ importId, ...fields }: ImportJob): ImportDocument {
  return { _id: importId, ...fields };
}

function toJob({ _id, ...fields }: ImportDocument): ImportJob {
  return { importId: _id, ...fields };
}
