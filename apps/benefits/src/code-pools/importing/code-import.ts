import type { FileImport } from '@tidegate/imports';

/** An import of a provider's codes into a pool. */
export interface CodeImport extends FileImport {
  poolId: string;
  providerId: string;
  orgPath: string;
  codeColumn: string;
  /** Empty for none. */
  secretColumn: string;
  importedCount: number;
  duplicateCount: number;
}
