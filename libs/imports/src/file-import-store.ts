import type { FieldCipher } from '@tidegate/encryption';
import { type Mongo, type Transaction } from '@tidegate/mongo';
import type { Model, mongo } from 'mongoose';
import { FileContent, type FileTerms } from './file-content';
import { importNotFound, type FileImport, type ImportRefusal, type ImportState } from './file-import';
import {
  fileImportSchema,
  importRefusalSchema,
  type FileImportDocument,
  type ImportRefusalDocument,
} from './file-import.schema';

const RUNNING_MAX = 100;
const IMPORT_TERMS: FileTerms = {
  chunkCountMax: 2_048,
  reasons: {
    finished: 'IMPORT_FINISHED',
    outOfOrder: 'IMPORT_CHUNK_OUT_OF_ORDER',
    differs: 'IMPORT_CONTENT_DIFFERS',
    tooLarge: 'IMPORT_TOO_LARGE',
  },
};

const refusalId = (importId: string, line: number): string => `${importId}:${String(line).padStart(10, '0')}`;

/** Imports of one kind, the content they received, and the lines they refused. */
export class FileImportStore<J extends FileImport> {
  readonly content: FileContent;
  private readonly imports: Model<unknown>;
  private readonly refusals: Model<ImportRefusalDocument>;

  /**
   * @param prefix of the three collections; empty for the only kind of a service
   * @param listedBy the field that `listOf` goes by
   */
  constructor(
    mongo: Mongo,
    cipher: FieldCipher,
    prefix = '',
    private readonly listedBy = '',
  ) {
    this.imports = mongo.model<unknown>(`${prefix}Import`, fileImportSchema(`${prefix}imports`, listedBy));
    this.content = new FileContent(mongo, cipher, IMPORT_TERMS, prefix);
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
    if (!found) throw importNotFound(importId);
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

  /** Those with such a value in the field that imports are listed by, newest first, after an import. */
  async listOf(value: string, limit: number, after?: string): Promise<J[]> {
    const filter = { [this.listedBy]: value, ...(after && { _id: { $lt: after } }) };
    const found = this.importCollection.find(filter as never).sort({ _id: -1 });
    return (await found.limit(limit).toArray()).map((each) => toJob(each as FileImportDocument<J>));
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
