import { notFound, refused, type DomainError } from '@tidegate/errors';

export type ImportState = 'receiving' | 'running' | 'completed' | 'failed' | 'cancelled';

const MOVES: Record<ImportState, readonly ImportState[]> = {
  receiving: ['running', 'cancelled'],
  running: ['completed', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
};

/** An import from one file, with how far it is. A service adds what it is to do with the lines. */
export interface FileImport {
  importId: string;
  fileName: string;
  delimiter: ',' | ';' | '\t';
  state: ImportState;
  /** Chunks received so far, which is also the next sequence. */
  chunkCount: number;
  /** Data lines done, refused ones included; a restart goes on behind them. */
  lineCount: number;
  refusedCount: number;
  failureReason: string;
  startedAt: Date;
  finishedAt: Date | null;
  /** The worker that runs it, until when it may be silent. */
  leaseOwner: string;
  leaseUntil: Date | null;
}

/** An import of which nothing was received yet. `delimiter` as callers write it: empty for a comma. */
export const newFileImport = (
  { importId, fileName, delimiter }: { importId: string; fileName: string; delimiter: string },
  now: Date,
): FileImport => ({
  importId,
  fileName,
  delimiter: delimiterOf(delimiter),
  state: 'receiving',
  chunkCount: 0,
  lineCount: 0,
  refusedCount: 0,
  failureReason: '',
  startedAt: now,
  finishedAt: null,
  leaseOwner: '',
  leaseUntil: null,
});

/** How a caller may write the delimiter. */
export const DELIMITERS: readonly string[] = ['', ',', ';', '\t', 'tab'];

function delimiterOf(text: string): FileImport['delimiter'] {
  if (text === ';') return ';';
  return text === '\t' || text === 'tab' ? '\t' : ',';
}

/** @throws IMPORT_FINISHED when the import is past that move */
export function moveImport<J extends FileImport>(job: J, state: ImportState, now: Date, failureReason = ''): J {
  if (!MOVES[job.state].includes(state)) {
    throw refused('IMPORT_FINISHED', `The import is ${job.state}.`, { importId: job.importId, state: job.state });
  }
  const isFinal = MOVES[state].length === 0;
  return { ...job, state, failureReason, finishedAt: isFinal ? now : null };
}

export const importNotFound = (importId: string): DomainError =>
  notFound('IMPORT_NOT_FOUND', 'There is no such import.', { importId });

/** One line that was refused. */
export interface ImportRefusal {
  /** In the file, where the header is line 1. */
  line: number;
  reason: string;
  message: string;
}
