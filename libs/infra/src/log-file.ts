import { fstatSync, closeSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const LOG_BYTES_MAX = 16 * 1024 * 1024;
const TAIL_BYTES = 4_096;

/** Opens a log for appending; one that has grown past 16 MiB becomes `<name>.1` first, in place of the one before. */
export function openLog(file: string, bytesMax: number = LOG_BYTES_MAX): number {
  mkdirSync(dirname(file), { recursive: true });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > bytesMax) renameSync(file, `${file}.1`);
  return openSync(file, 'a');
}

/** The last few lines of a log, for an error message. */
export function readLogTail(file: string): string {
  try {
    const handle = openSync(file, 'r');
    const size = fstatSync(handle).size;
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(handle, buffer, 0, buffer.length, size - buffer.length);
    closeSync(handle);
    return buffer.toString('utf8').trim() || '(empty)';
  } catch {
    return '(no log)';
  }
}
