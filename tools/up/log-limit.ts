import { copyFileSync, statSync, truncateSync } from 'node:fs';

const LOG_BYTES_MAX = 64 * 1024 * 1024;
const CHECK_MS = 30_000;

/** Keeps each log below about 64 MiB while its writer goes on: writers append, so a cut-off file starts again at zero. */
export function limitLogs(files: readonly string[]): NodeJS.Timeout {
  return setInterval(() => files.forEach((file) => cutWhenLong(file)), CHECK_MS).unref();
}

/** Copies a log that is too long to `<name>.1` and empties it. */
export function cutWhenLong(file: string, bytesMax: number = LOG_BYTES_MAX): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= bytesMax) return;
  copyFileSync(file, `${file}.1`);
  truncateSync(file, 0);
}
