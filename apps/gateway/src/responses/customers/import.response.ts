import type * as rpc from '@tidegate/contracts/customers/v1/customers';
import { shown } from '../../http/shown';

export class Import implements rpc.Import {
  @shown.text() importId!: string;
  @shown.text() fileName!: string;
  @shown.text('receiving, running, completed, failed, cancelled.') state!: string;
  @shown.whole() lineCount!: number;
  @shown.whole() createdCount!: number;
  @shown.whole() updatedCount!: number;
  @shown.whole() unchangedCount!: number;
  @shown.whole() refusedCount!: number;
  @shown.time() startedAt!: Date | undefined;
  @shown.time() finishedAt!: Date | undefined;
  @shown.text() failureReason!: string;
}

export class StartImportResponse implements rpc.StartImportResponse {
  @shown.part(() => Import) import!: Import | undefined;
}

export class AppendImportChunkResponse implements rpc.AppendImportChunkResponse {
  @shown.part(() => Import) import!: Import | undefined;
}

export class GetImportResponse implements rpc.GetImportResponse {
  @shown.part(() => Import) import!: Import | undefined;
}

export class CancelImportResponse implements rpc.CancelImportResponse {
  @shown.part(() => Import) import!: Import | undefined;
}
