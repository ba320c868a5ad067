import { isAtOrBelow } from '@tidegate/org-path';
import { customerIdOf } from '../domain/customer-id';
import type { ConsentGrant } from '../domain/consent';
import type { Customer } from '../domain/customer';
import { importCustomer, type ImportTerms, type PersonalFields } from '../domain/import-customer';
import { LineRefused } from '../domain/import-cell';
import type { ImportRefusal, NumberedLine } from '@tidegate/imports';
import type { ImportJob } from './import-job';
import { readLine, type CustomerLine } from '../domain/import-line';

/** What a batch of lines says, before anybody looked at the database. */
export interface ReadBatch {
  lines: { customerId: string; line: CustomerLine; fileLine: number }[];
  refusals: ImportRefusal[];
}

/** What a batch of lines comes to. */
export interface BatchResult {
  created: Customer[];
  updated: Customer[];
  grants: { customerId: string; grant: ConsentGrant }[];
  refusals: ImportRefusal[];
  job: ImportJob;
}

/** Reads the lines by the mapping; a bad one becomes a refusal. */
export function readBatch(job: ImportJob, numbered: readonly NumberedLine[]): ReadBatch {
  const batch: ReadBatch = { lines: [], refusals: [] };
  for (const { lineNumber, line } of numbered) {
    const { fileLine, cells } = line;
    if (cells === undefined) {
      batch.refusals.push({ line: fileLine, reason: line.reason, message: line.message });
      continue;
    }
    try {
      const read = readLine(job.mapping, cells, lineNumber);
      batch.lines.push({ customerId: customerIdOf(read.externalId), line: read, fileLine });
    } catch (error) {
      if (!(error instanceof LineRefused)) throw error;
      batch.refusals.push({ line: fileLine, reason: error.reason, message: error.message });
    }
  }
  return batch;
}

/** Decides in the order of the file, so that a customer named twice ends as the later line says. */
export function decideBatch(
  job: ImportJob,
  batch: ReadBatch,
  existing: ReadonlyMap<string, Customer>,
  terms: ImportTerms,
  fields: PersonalFields,
): BatchResult {
  const now = new Map(existing);
  const changedIds = new Set<string>();
  const refusals = [...batch.refusals];
  const counts = { created: 0, updated: 0, unchanged: 0 };
  const grants: BatchResult['grants'] = [];
  for (const { customerId, line, fileLine } of batch.lines) {
    const held = now.get(customerId);
    if (!isInScope(job, line.orgPath ?? held?.orgPath ?? job.defaultOrgPath) || !isInScope(job, held?.orgPath)) {
      const message = 'The customer belongs to another part of the organisation.';
      refusals.push({ line: fileLine, reason: 'ORG_OUT_OF_SCOPE', message });
      continue;
    }
    const outcome = importCustomer(held, line, terms, fields);
    counts[outcome.kind] += 1;
    if (outcome.kind === 'unchanged') continue;
    now.set(customerId, outcome.customer);
    changedIds.add(customerId);
    for (const grant of outcome.grants) grants.push({ customerId, grant });
  }
  const changedCustomers = [...changedIds].flatMap((id) => now.get(id) ?? []);
  return {
    created: changedCustomers.filter(({ customerId }) => !existing.has(customerId)),
    updated: changedCustomers.filter(({ customerId }) => existing.has(customerId)),
    grants,
    refusals,
    job: {
      ...job,
      createdCount: job.createdCount + counts.created,
      updatedCount: job.updatedCount + counts.updated,
      unchangedCount: job.unchangedCount + counts.unchanged,
      refusedCount: job.refusedCount + refusals.length,
    },
  };
}

const isInScope = ({ scopeOrgPath }: ImportJob, orgPath: string | undefined): boolean =>
  scopeOrgPath === '' || orgPath === undefined || isAtOrBelow(orgPath, scopeOrgPath);
