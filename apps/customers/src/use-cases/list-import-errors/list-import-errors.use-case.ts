import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { ImportRefusal } from '../../domain/import-job';
import { ImportRepository } from '../../repositories/import.repository';

/** The lines of an import that were refused, in the order of the file. */
@Injectable()
export class ListImportErrorsUseCase {
  constructor(private readonly imports: ImportRepository) {}

  /** @throws IMPORT_NOT_FOUND, PAGE_TOKEN_INVALID */
  async execute(
    input: { importId: string; pageSize: number; pageToken: string },
    actor: Actor,
  ): Promise<{ errors: ImportRefusal[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 1_000, fallback: 100 });
    const [after = '0'] = decodePageToken(input.pageToken) ?? [];
    requireOrgScope(actor, (await this.imports.get(input.importId)).defaultOrgPath);
    const errors = await this.imports.listRefusals(input.importId, Number(after) || 0, limit);
    const last = errors.length === limit ? errors.at(-1) : undefined;
    return { errors, nextPageToken: last ? encodePageToken([String(last.line)]) : '' };
  }
}
