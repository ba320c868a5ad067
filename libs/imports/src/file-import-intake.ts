import { decodeNumberToken, encodePageToken, pageSize, type Mongo } from '@tidegate/mongo';
import type { Clock } from '@tidegate/service';
import { moveImport, type FileImport, type ImportRefusal } from './file-import';
import type { FileImportStore } from './file-import-store';
import type { ImportChunkInput } from './import-chunk.request';

export interface FileImportIntakeOptions<J extends FileImport> {
  mongo: Mongo;
  imports: FileImportStore<J>;
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
  async receive(chunk: ImportChunkInput, authorise: (job: J) => void): Promise<J> {
    const { mongo, imports, clock, wake } = this.options;
    const { importId } = chunk;
    const job = await mongo.transaction(async (tx) => {
      const held = await imports.get(importId, tx);
      authorise(held);
      if (!(await imports.content.receive({ ...held, fileId: importId }, chunk, tx))) return held;
      const received = { ...held, chunkCount: held.chunkCount + 1 };
      const next = chunk.isLast ? moveImport(received, 'running', clock.now()) : received;
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
    await imports.content.remove(importId);
    return job;
  }

  /** The refused lines in the order of the file. @throws IMPORT_NOT_FOUND, PAGE_TOKEN_INVALID */
  async listRefusals(
    input: { importId: string; pageSize: number; pageToken: string },
    authorise: (job: J) => void,
  ): Promise<{ errors: ImportRefusal[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 1_000, fallback: 100 });
    const [after = 0] = decodeNumberToken(input.pageToken) ?? [];
    authorise(await this.options.imports.get(input.importId));
    const errors = await this.options.imports.listRefusals(input.importId, after, limit);
    const last = errors.length === limit ? errors.at(-1) : undefined;
    return { errors, nextPageToken: last ? encodePageToken([String(last.line)]) : '' };
  }
}
