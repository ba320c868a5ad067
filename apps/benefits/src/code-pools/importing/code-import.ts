import type { FileImport } from '@tidegate/imports';
import type { CodeRange } from '../domain/code-range';

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
  /** Where in the pool its codes are; not there in those of before it was kept. */
  ranges?: CodeRange[];
}
