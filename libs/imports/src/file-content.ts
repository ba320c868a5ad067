import { createHash } from 'node:crypto';
import type { FieldCipher } from '@tidegate/encryption';
import { invalid, refused, type DomainError } from '@tidegate/errors';
import type { Mongo, Transaction } from '@tidegate/mongo';
import type { Model, mongo } from 'mongoose';
import { fileChunkSchema, type FileChunkDocument } from './file-import.schema';
import { isNextChunk, requireRoom, type ChunkReasons, type UploadProgress } from './next-chunk';

const CHUNK_BYTES_MAX = 1024 * 1024;

/** One piece of a file. */
export interface FileChunk {
  /** From 0. */
  sequence: number;
  content: Uint8Array;
  isLast: boolean;
}

/** How much of a file came in, as what is made of it knows. */
export interface FileProgress extends UploadProgress {
  /** The import, or whatever else is made of the file. */
  fileId: string;
}

/** How files of one kind are taken in. */
export interface FileTerms {
  chunkCountMax: number;
  /** Why a chunk is refused. */
  reasons: ChunkReasons & { differs: string; tooLarge: string };
}

const chunkId = (fileId: string, sequence: number): string => `${fileId}:${sequence}`;

/** What came in of files, chunk by chunk, each once; sealed, since files hold names, phones or codes that are worth money. */
export class FileContent {
  private readonly model: Model<FileChunkDocument>;

  /** @param prefix of the collection; empty for the only kind of a service */
  constructor(
    mongo: Mongo,
    private readonly cipher: FieldCipher,
    private readonly terms: FileTerms,
    prefix = '',
  ) {
    this.model = mongo.model(`${prefix}ImportChunk`, fileChunkSchema(`${prefix}import_chunks`));
  }

  /**
   * Stores the next chunk, in the transaction that counts it; false when it was received already.
   * @throws the reasons of the terms; VALIDATION_FAILED
   */
  async receive(file: FileProgress, chunk: FileChunk, tx: Transaction): Promise<boolean> {
    requireSize(chunk);
    const { fileId } = file;
    const { sequence } = chunk;
    const _id = chunkId(fileId, sequence);
    const hash = createHash('sha256').update(chunk.content).digest('hex');
    const digest = this.cipher.digest(`${hash} ${chunk.isLast}`);
    if (!isNextChunk(file, sequence, this.terms.reasons)) {
      const only = { projection: { digest: 1 }, session: tx.session };
      const known = (await this.collection.findOne({ _id }, only))?.digest;
      // A chunk of an earlier version has none.
      if (known !== undefined && known !== digest) throw this.differs(sequence);
      return false;
    }
    requireRoom(sequence, this.terms);
    const content = this.cipher.sealContent(chunk.content);
    await this.collection.insertOne({ _id, importId: fileId, sequence, digest, content }, { session: tx.session });
    return true;
  }

  /** Null once it is not needed any more. */
  async find(fileId: string, sequence: number): Promise<Buffer | null> {
    // Promoted to a Buffer by the driver, not a BSON wrapper of one.
    const chunk = await this.collection.findOne({ _id: chunkId(fileId, sequence) }, { promoteBuffers: true });
    return chunk?.content ? this.cipher.openContent(chunk.content) : null;
  }

  /** It is not needed once the file was read; what tells a repeat of a chunk stays. */
  async remove(fileId: string, tx?: Transaction): Promise<void> {
    await this.collection.updateMany({ importId: fileId }, { $unset: { content: 1 } }, { session: tx?.session });
  }

  /** A file that is sent again after a broken connection goes on where it was; another one must not be joined to it. */
  private differs(sequence: number): DomainError {
    const message = `Chunk ${sequence} was received with other content: another file has to begin anew.`;
    return refused(this.terms.reasons.differs, message, { sequence: String(sequence) });
  }

  private get collection(): mongo.Collection<FileChunkDocument> {
    return this.model.collection as unknown as mongo.Collection<FileChunkDocument>;
  }
}

function requireSize({ content, isLast }: FileChunk): void {
  if (content.length > CHUNK_BYTES_MAX) {
    throw invalid([{ field: 'content', description: `must have at most ${CHUNK_BYTES_MAX} bytes` }]);
  }
  if (content.length === 0 && !isLast) throw invalid([{ field: 'content', description: 'must not be empty' }]);
}
