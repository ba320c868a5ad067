import type * as rpc from '@tidegate/contracts/customers/v1/customers';
import { shown } from '../../http/shown';

export class ImportError implements rpc.ImportError {
  @shown.whole() line!: number;
  @shown.text() reason!: string;
  @shown.text() message!: string;
}

export class ListImportErrorsResponse implements rpc.ListImportErrorsResponse {
  @shown.parts(() => ImportError) errors!: ImportError[];
  @shown.text() nextPageToken!: string;
}
