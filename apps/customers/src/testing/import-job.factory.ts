import type { ImportJob } from '../domain/import-job';

/** An import that is receiving, with overrides. */
export const importJob = (over: Partial<ImportJob> = {}): ImportJob => ({
  importId: 'import-1',
  fileName: 'customers.csv',
  mapping: [{ column: 'id', target: { profile: 'external_id' }, type: 'string', prefix: '', isRequired: true }],
  delimiter: ',',
  consents: [],
  tags: [],
  defaultOrgPath: 'hq',
  scopeOrgPath: '',
  actor: 'staff-1',
  state: 'receiving',
  chunkCount: 0,
  lineCount: 0,
  createdCount: 0,
  updatedCount: 0,
  unchangedCount: 0,
  refusedCount: 0,
  failureReason: '',
  startedAt: new Date('2026-01-05T08:00:00Z'),
  finishedAt: null,
  leaseOwner: '',
  leaseUntil: null,
  ...over,
});
