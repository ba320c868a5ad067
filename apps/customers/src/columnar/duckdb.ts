import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { logger } from '@tidegate/observability';

const log = logger('columnar');

/** Open for as long as the store is; a file is kept, `:memory:` is not. */
export interface DuckDb {
  isPersistent: boolean;
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
  if (path !== undefined) {
    try {
      return wrap(await DuckDBInstance.create(path, options), true);
    } catch (err) {
      log.warn({ err, path }, 'the columnar file cannot be opened; this process keeps its copy in memory');
    }
  }
  return wrap(await DuckDBInstance.create(':memory:', options), false);
}

const wrap = (instance: DuckDBInstance, isPersistent: boolean): DuckDb => ({
  isPersistent,
  connect: () => instance.connect(),
  close: () => instance.closeSync(),
});
