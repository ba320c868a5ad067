import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { logger } from '@tidegate/observability';

const log = logger('columnar');

// DuckDB's lock keeps other processes out, but not a second instance of our own.
const openHere = new Set<string>();

/** Open for as long as the store is; a file is kept, `:memory:` is not. */
export interface DuckDb {
  connect(): Promise<DuckDBConnection>;
  close(): void;
}

/**
 * Opens DuckDB. The module is loaded here, on first use, so that a service nobody asks about segments stays small. A file
 * that another process holds is left to it, and the copy kept in memory.
 */
export async function openDuckDb(path: string | undefined): Promise<DuckDb> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  // Half of what a small machine has; larger copies spill to disk beside the file.
  const options = { threads: '2', memory_limit: '2GB' };
  if (path !== undefined && !openHere.has(path)) {
    openHere.add(path);
    try {
      return wrap(await DuckDBInstance.create(path, options), path);
    } catch (err) {
      openHere.delete(path);
      log.warn({ err, path }, 'the columnar file cannot be opened; this process keeps its copy in memory');
    }
  }
  return wrap(await DuckDBInstance.create(':memory:', options), undefined);
}

const wrap = (instance: DuckDBInstance, path: string | undefined): DuckDb => ({
  connect: () => instance.connect(),
  close: () => {
    instance.closeSync();
    if (path !== undefined) openHere.delete(path);
  },
});
