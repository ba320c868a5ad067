import type { ImportRefusal, NumberedLine } from '@tidegate/imports';
import { readCodeLine, type PlainCode } from '../domain/code-line';
import type { CodeImport } from './code-import';

/** A code of the batch with its digest and its line in the file. */
export interface FreshCode extends PlainCode {
  digest: string;
  importId: string;
  line: number;
}

/** Where a code that came in before is from. */
export interface EarlierCode {
  poolId: string;
  importId: string;
  line: number;
}

/** What a batch of lines comes to. */
export interface CodeBatch {
  fresh: FreshCode[];
  refusals: ImportRefusal[];
  duplicateCount: number;
}

/** Reads the lines; a bad one becomes a refusal. */
export function readCodes(
  job: CodeImport,
  lines: readonly NumberedLine[],
  digestOf: (code: string) => string,
): Omit<CodeBatch, 'duplicateCount'> {
  const batch: Omit<CodeBatch, 'duplicateCount'> = { fresh: [], refusals: [] };
  for (const { line } of lines) {
    const read = line.cells ? readCodeLine(line.cells, job) : line;
    if ('reason' in read) batch.refusals.push({ line: line.fileLine, reason: read.reason, message: read.message });
    else batch.fresh.push({ ...read, digest: digestOf(read.code), importId: job.importId, line: line.fileLine });
  }
  return batch;
}

/** Leaves out the codes that came in before, in this file or another, and names where. */
export function withoutDuplicates(
  read: Omit<CodeBatch, 'duplicateCount'>,
  earlier: ReadonlyMap<string, EarlierCode>,
): CodeBatch {
  const seen = new Map<string, EarlierCode>(earlier);
  const batch: CodeBatch = { fresh: [], refusals: [...read.refusals], duplicateCount: 0 };
  for (const code of read.fresh) {
    const first = seen.get(code.digest);
    if (!first) {
      seen.set(code.digest, { poolId: '', importId: code.importId, line: code.line });
      batch.fresh.push(code);
      continue;
    }
    batch.duplicateCount += 1;
    const where =
      first.importId === code.importId
        ? `Line ${first.line} of this file has the same code.`
        : `The code came into pool ${first.poolId} before, by line ${first.line} of import ${first.importId}.`;
    batch.refusals.push({ line: code.line, reason: 'CODE_DUPLICATE', message: where });
  }
  return batch;
}
