import { createHash } from 'node:crypto';
import type { FieldCipher } from '@tidegate/encryption';
import { invalid, refused } from '@tidegate/errors';
import { decodePageToken, encodePageToken, pageSize, type Mongo } from '@tidegate/mongo';
import type { Clock } from '@tidegate/service';
import { isNextChunk, moveImport, type FileImport, type ImportRefusal } from './file-import';
import type { FileImportStore } from './file-import-store';

const CHUNK_BYTES_MAX = 1024 * 1024;

/** One piece of a file. */
export interface ImportChunk {
  importId: string;
  /** From 0. */
  sequence: number;
  content: Uint8Array;
  isLast: boolean;
}

export interface FileImportIntakeOptions<J extends FileImport> {
  mongo: Mongo;
  imports: FileImportStore<J>;
  cipher: FieldCipher;
  clock: Clock;
  /** Tells the worker that an import is ready. */
  wake: () => void;
}

/** What a caller may do with an import that he has opened; `authorise` throws when it is not his. */
export class FileImportIntake<J extends FileImport> {
  constructor(private readonly options: FileImportIntakeOptions<J>) {}

  /**
   * Stores one chunk of the file, sealed; the last one sets the worker to work. A chunk that was received already changes nothing.
   * @throws IMPORT_NOT_FOUND, IMPORT_CHUNK_OUT_OF_ORDER, IMPORT_CONTENT_DIFFERS when another chunk was received in its place, IMPORT_FINISHED, IMPORT_TOO_LARGE, VALIDATION_FAILED
   */
  async receive(chunk: ImportChunk, authorise: (job: J) => void): Promise<J> {
    requireSize(chunk);
    const { mongo, imports, cipher, clock, wake } = this.options;
    const { importId, sequence } = chunk;
    const digest = cipher.digest(`${createHash('sha256').update(chunk.content).digest('hex')} ${chunk.isLast}`);
    const content = cipher.sealContent(chunk.content);
    const job = await mongo.transaction(async (tx) => {
      const held = await imports.get(importId, tx);
      authorise(held);
      if (!isNextChunk(held, sequence)) {
        requireSame(await imports.findDigest(importId, sequence, tx), digest, chunk);
        return held;
      }
      const received = { ...held, chunkCount: held.chunkCount + 1 };
      const next = chunk.isLast ? moveImport(received, 'running', clock.now()) : received;
      await imports.addChunk({ importId, sequence, digest, content }, tx);
      await imports.save(next, tx);
      return next;
    });
    if (job.state === 'running') wake();
    return job;
  }

  /**
   * Stops an import behind the batch it is writing; what is written stays. A repeat answers with the cancelled import.
   * @throws IMPORT_NOT_FOUND, IMPORT_FINISHED
   */
  async cancel(importId: string, authorise: (job: J) => void): Promise<J> {
    const { mongo, imports, clock } = this.options;
    const job = await mongo.transaction(async (tx) => {
      const held = await imports.get(importId, tx);
      authorise(held);
      if (held.state === 'cancelled') return held;
      const cancelled = moveImport(held, 'cancelled', clock.now());
      await imports.save(cancelled, tx);
      return cancelled;
    });
    await imports.removeContent(importId);
    return job;
  }

  /** The refused lines in the order of the file. @throws IMPORT_NOT_FOUND, PAGE_TOKEN_INVALID */
  async listRefusals(
    input: { importId: string; pageSize: number; pageToken: string },
    authorise: (job: J) => void,
  ): Promise<{ errors: ImportRefusal[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 1_000, fallback: 100 });
    const [after = '0'] = decodePageToken(input.pageToken) ?? [];
    authorise(await this.options.imports.get(input.importId));
    const errors = await this.options.imports.listRefusals(input.importId, Number(after) || 0, limit);
    const last = errors.length === limit ? errors.at(-1) : undefined;
    return { errors, nextPageToken: last ? encodePageToken([String(last.line)]) : '' };
  }
}

/** A file that is sent again after a broken connection goes on where it was; another one must not be joined to it. */
function requireSame(known: string | undefined, given: string, { importId, sequence }: ImportChunk): void {
  if (known === undefined || known === given) return;
  const message = `Chunk ${sequence} was received with other content: another file needs an import of its own.`;
  throw refused('IMPORT_CONTENT_DIFFERS', message, { importId, sequence: String(sequence) });
}

function requireSize({ content, isLast }: ImportChunk): void {
  if (content.length > CHUNK_BYTES_MAX) {
    throw invalid([{ field: 'content', description: `must have at most ${CHUNK_BYTES_MAX} bytes` }]);
  }
  if (content.length === 0 && !isLast) throw invalid([{ field: 'content', description: 'must not be empty' }]);
}
