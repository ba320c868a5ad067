import type * as rpc from '@tidegate/contracts/benefits/v1/code_pools';
import { shown } from '../../http/shown';

/** An import of codes into a pool, with how far it is. */
export class CodeImport implements rpc.CodeImport {
  @shown.text() importId!: string;
  @shown.text() poolId!: string;
  @shown.text() fileName!: string;
  @shown.text('One of: receiving, running, completed, failed, cancelled.') state!: string;
  @shown.whole('Data lines done so far; grows while the import runs.') lineCount!: number;
  @shown.whole() importedCount!: number;
  @shown.whole() duplicateCount!: number;
  @shown.whole('Duplicates included.') refusedCount!: number;
  @shown.time() startedAt!: Date | undefined;
  @shown.time() finishedAt!: Date | undefined;
  @shown.text() failureReason!: string;
}

export class StartCodeImportResponse implements rpc.StartCodeImportResponse {
  @shown.part(() => CodeImport) import!: CodeImport | undefined;
}

export class AppendCodeImportChunkResponse implements rpc.AppendCodeImportChunkResponse {
  @shown.part(() => CodeImport) import!: CodeImport | undefined;
}

export class GetCodeImportResponse implements rpc.GetCodeImportResponse {
  @shown.part(() => CodeImport) import!: CodeImport | undefined;
}

export class ListCodeImportsResponse implements rpc.ListCodeImportsResponse {
  @shown.parts(() => CodeImport) imports!: CodeImport[];
  @shown.text() nextPageToken!: string;
}

export class CancelCodeImportResponse implements rpc.CancelCodeImportResponse {
  @shown.part(() => CodeImport) import!: CodeImport | undefined;
}

export class CodeImportError implements rpc.CodeImportError {
  @shown.whole('In the file, where the header is line 1.') line!: number;
  @shown.text() reason!: string;
  @shown.text() message!: string;
}

export class ListCodeImportErrorsResponse implements rpc.ListCodeImportErrorsResponse {
  @shown.parts(() => CodeImportError) errors!: CodeImportError[];
  @shown.text() nextPageToken!: string;
}
