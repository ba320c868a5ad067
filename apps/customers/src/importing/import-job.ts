import type { FileImport } from '@tidegate/imports';
import type { ConsentGrant } from '../domain/consent';
import type { ColumnMapping } from '../domain/import-mapping';

/** An import of customers from one file, with how far it is. */
export interface ImportJob extends FileImport {
  mapping: ColumnMapping[];
  consents: ConsentGrant[];
  tags: string[];
  defaultOrgPath: string;
  /** Where the one who started it may write; '' for everywhere. */
  scopeOrgPath: string;
  actor: string;
  createdCount: number;
  updatedCount: number;
  unchangedCount: number;
}
