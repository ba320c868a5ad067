import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { isNextChunk, moveImport, type ImportJob } from '../../domain/import-job';
import { FieldCipher } from '@tidegate/encryption';
import { ImportWorker } from '../../importing/import-worker';
import { ImportRepository } from '../../repositories/import.repository';
import type { AppendImportChunkInput } from './append-import-chunk.request';

const CHUNK_BYTES_MAX = 1024 * 1024;

/** Stores one chunk of the file, sealed; the last one sets the worker to work. */
@Injectable()
export class AppendImportChunkUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly imports: ImportRepository,
    private readonly cipher: FieldCipher,
    private readonly worker: ImportWorker,
    private readonly clock: Clock,
  ) {}

  /** @throws IMPORT_NOT_FOUND, IMPORT_CHUNK_OUT_OF_ORDER, IMPORT_FINISHED, IMPORT_TOO_LARGE, VALIDATION_FAILED */
  async execute(input: AppendImportChunkInput, actor: Actor): Promise<ImportJob> {
    requireSize(input);
    const sealed = this.cipher.sealContent(input.content);
    const job = await this.mongo.transaction(async (tx) => {
      const held = await this.imports.get(input.importId, tx);
      requireOrgScope(actor, held.defaultOrgPath);
      if (!isNextChunk(held, input.sequence)) return held;
      const received = { ...held, chunkCount: held.chunkCount + 1 };
      const next = input.isLast ? moveImport(received, 'running', this.clock.now()) : received;
      await this.imports.addChunk(input.importId, input.sequence, sealed, tx);
      await this.imports.save(next, tx);
      return next;
    });
    if (job.state === 'running') this.worker.wake();
    return job;
  }
}

function requireSize({ content, isLast }: AppendImportChunkInput): void {
  if (content.length > CHUNK_BYTES_MAX) {
    throw invalid([{ field: 'content', description: `must have at most ${CHUNK_BYTES_MAX} bytes` }]);
  }
  if (content.length === 0 && !isLast) throw invalid([{ field: 'content', description: 'must not be empty' }]);
}
