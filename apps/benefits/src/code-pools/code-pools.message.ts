import type * as rpc from '@tidegate/contracts/benefits/v1/code_pools';
import { availableCount, type CodePool, type PoolCounts } from './domain/code-pool';
import type { CodeImport } from './importing/code-import';

/** A pool as a message. */
export const codePoolMessage = (pool: CodePool, counts: PoolCounts): rpc.CodePool => ({
  ...pool,
  ...counts,
  availableCount: availableCount(counts),
});

/** An import as a message, without what only the worker needs. */
export const codeImportMessage = (job: CodeImport): rpc.CodeImport => ({
  importId: job.importId,
  poolId: job.poolId,
  fileName: job.fileName,
  state: job.state,
  lineCount: job.lineCount,
  importedCount: job.importedCount,
  duplicateCount: job.duplicateCount,
  refusedCount: job.refusedCount,
  startedAt: job.startedAt,
  finishedAt: job.finishedAt ?? undefined,
  failureReason: job.failureReason,
});
