import { notFound } from '@tidegate/errors';
import { type Mongo, type Transaction } from '@tidegate/mongo';
import type { Model, mongo } from 'mongoose';
import type { FileImport, ImportRefusal, ImportState } from './file-import';
import {
  fileImportSchema,
  importChunkSchema,
  importRefusalSchema,
  type FileImportDocument,
  type ImportChunkDocument,
  type ImportRefusalDocument,
} from './file-import.schema';

const RUNNING_MAX = 100;

const chunkId = (importId: string, sequence: number): string => `${importId}:${sequence}`;
const refusalId = (importId: string, line: number): string => `${importId}:${String(line).padStart(10, '0')}`;

/** Imports of one kind, the content they received, and the lines they refused. */
export class FileImportStore<J extends FileImport> {
  private readonly imports: Model<unknown>;
  private readonly chunks: Model<ImportChunkDocument>;
  private readonly refusals: Model<ImportRefusalDocument>;

  /** @param prefix of the three collections; empty for the only kind of a service */
  constructor(mongo: Mongo, prefix = '') {
    this.imports = mongo.model<unknown>(`${prefix}Import`, fileImportSchema(`${prefix}imports`));
    this.chunks = mongo.model(`${prefix}ImportChunk`, importChunkSchema(`${prefix}import_chunks`));
    this.refusals = mongo.model(`${prefix}ImportRefusal`, importRefusalSchema(`${prefix}import_refusals`));
  }

  async add(job: J, tx: Transaction): Promise<void> {
    await this.importCollection.insertOne(toDocument(job) as never, { session: tx.session });
  }

  async find(importId: string, tx?: Transaction): Promise<J | null> {
    const document = await this.importCollection.findOne({ _id: importId as never }, { session: tx?.session });
    return document && toJob(document as FileImportDocument<J>);
  }

  /** @throws IMPORT_NOT_FOUND */
  async get(importId: string, tx?: Transaction): Promise<J> {
    const found = await this.find(importId, tx);
    if (!found) throw notFound('IMPORT_NOT_FOUND', 'There is no such import.', { importId });
    return found;
  }

  async save(job: J, tx: Transaction): Promise<void> {
    const { _id, ...replacement } = toDocument(job);
    await this.importCollection.replaceOne({ _id: _id as never }, replacement as never, { session: tx.session });
  }

  /** The oldest first. */
  async listByState(state: ImportState): Promise<J[]> {
    const found = this.importCollection.find({ state: state as never });
    return (await found.sort({ _id: 1 }).limit(RUNNING_MAX).toArray()).map((each) =>
      toJob(each as FileImportDocument<J>),
    );
  }

  async addChunk(chunk: Required<Omit<ImportChunkDocument, '_id'>>, tx: Transaction): Promise<void> {
    const _id = chunkId(chunk.importId, chunk.sequence);
    await this.chunkCollection.insertOne({ _id, ...chunk }, { session: tx.session });
  }

  /** Undefined for a chunk of an earlier version. */
  async findDigest(importId: string, sequence: number, tx: Transaction): Promise<string | undefined> {
    const only = { projection: { digest: 1 }, session: tx.session };
    return (await this.chunkCollection.findOne({ _id: chunkId(importId, sequence) }, only))?.digest;
  }

  async findChunk(importId: string, sequence: number): Promise<Buffer | null> {
    // Promoted to a Buffer by the driver, not a BSON wrapper of one.
    const document = await this.chunkCollection.findOne({ _id: chunkId(importId, sequence) }, { promoteBuffers: true });
    return document?.content ?? null;
  }

  /** It is not needed once the import is over; what tells a repeat of a chunk stays. */
  async removeContent(importId: string): Promise<void> {
    await this.chunkCollection.updateMany({ importId }, { $unset: { content: 1 } });
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

  private get importCollection(): mongo.Collection<FileImportDocument<J>> {
    return this.imports.collection as unknown as mongo.Collection<FileImportDocument<J>>;
  }

  private get chunkCollection(): mongo.Collection<ImportChunkDocument> {
    return this.chunks.collection as unknown as mongo.Collection<ImportChunkDocument>;
  }

  private get refusalCollection(): mongo.Collection<ImportRefusalDocument> {
    return this.refusals.collection as unknown as mongo.Collection<ImportRefusalDocument>;
  }
}

function toDocument<J extends FileImport>({ importId, ...fields }: J): FileImportDocument<J> {
  return { _id: importId, ...fields };
}

function toJob<J extends FileImport>({ _id, ...fields }: FileImportDocument<J>): J {
  return { importId: _id, ...fields } as unknown as J;
}
