import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import {
  appendRow,
  ColumnCatalog,
  createTablesSql,
  customerRow,
  eventColumnDefinition,
  eventRow,
  missingAttributeColumns,
  tagRows,
  type Cell,
  type ColumnarTable,
  type ColumnDefinition,
  type ColumnType,
  type RuleEvent,
  type StoredCustomer,
} from '@tidegate/rules';
import type { DuckDb } from './duckdb';

const TABLES: readonly ColumnarTable[] = ['customers', 'tags', 'events'];
/** Raise it when the tables change: an older file is then built anew. */
const LAYOUT = '3';

/** What one step brings: customers as they are now, events that are new. */
export interface ColumnarBatch {
  customers: readonly StoredCustomer[];
  events: readonly { customerId: string; event: RuleEvent }[];
  /** Some of the events may be in the copy already. */
  mayRepeat: boolean;
  /** How far the copy is after this batch; left out while it is built, so that half a copy is never taken for one. */
  watermark?: Date;
}

export type Row = Record<string, DuckDBValue>;

/** The columnar copy: the tables of `@tidegate/rules` in DuckDB, with how far they follow the truth. */
export class ColumnarStore {
  catalog: ColumnCatalog;
  private writer: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly db: DuckDb,
    private readonly connection: DuckDBConnection,
    columns: Partial<Record<ColumnarTable, ColumnDefinition[]>>,
    /** Undefined for a copy that holds nothing yet. */
    public watermark: Date | undefined,
  ) {
    this.catalog = new ColumnCatalog(columns);
  }

  /** Opens the copy of one database; one of another database, or of another layout, is emptied first. */
  static async open(db: DuckDb, identity: string): Promise<ColumnarStore> {
    const connection = await db.connect();
    await connection.run('CREATE TABLE IF NOT EXISTS copy_state (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)');
    const state = await stateOf(connection);
    if (state.get('identity') !== identity || state.get('layout') !== LAYOUT) {
      for (const table of TABLES) await connection.run(`DROP TABLE IF EXISTS ${table}`);
      await connection.run('DELETE FROM copy_state');
      await connection.run('INSERT INTO copy_state VALUES ($1, $2), ($3, $4)', [
        'identity',
        identity,
        'layout',
        LAYOUT,
      ]);
      state.clear();
    }
    const watermark = state.get('watermark');
    const columns = watermark === undefined ? {} : await columnsOf(connection);
    const store = new ColumnarStore(db, connection, columns, watermark === undefined ? undefined : new Date(watermark));
    if (watermark === undefined) await store.clear();
    return store;
  }

  /** Applies a batch whole or not at all. */
  apply(batch: ColumnarBatch): Promise<void> {
    return this.exclusively(async () => {
      await this.addColumns(batch.customers);
      await this.connection.run('BEGIN');
      try {
        await this.putCustomers(batch.customers);
        await this.addEvents(batch);
        if (batch.watermark) await this.saveWatermark(batch.watermark);
        await this.connection.run('COMMIT');
      } catch (error) {
        await this.connection.run('ROLLBACK').catch(() => undefined);
        throw error;
      }
      this.watermark = batch.watermark ?? this.watermark;
    });
  }

  /** Rows of a query, on a snapshot of its own: it neither waits for writes nor sees half of one. */
  query(sql: string, values: DuckDBValue[] = []): Promise<Row[]> {
    return this.session((run) => run(sql, values));
  }

  /** Waits for the write under way, then lets go of the file. */
  async close(): Promise<void> {
    await this.writer.catch(() => undefined);
    this.connection.closeSync();
    this.db.close();
  }

  /** Empties the copy, to be built anew. */
  reset(): Promise<void> {
    return this.exclusively(async () => {
      await this.connection.run("DELETE FROM copy_state WHERE key = 'watermark'");
      this.watermark = undefined;
      this.catalog = new ColumnCatalog();
      await this.clear();
    });
  }

  /** Runs several statements on one connection of their own, for temporary tables between them. */
  async session<T>(work: (run: (sql: string, values?: DuckDBValue[]) => Promise<Row[]>) => Promise<T>): Promise<T> {
    const connection = await this.db.connect();
    try {
      return await work(async (sql, values = []) => (await connection.runAndReadAll(sql, values)).getRowObjects());
    } finally {
      connection.closeSync();
    }
  }

  private async saveWatermark(watermark: Date): Promise<void> {
    await this.connection.run('INSERT OR REPLACE INTO copy_state VALUES ($1, $2)', [
      'watermark',
      watermark.toISOString(),
    ]);
  }

  private async clear(): Promise<void> {
    for (const table of TABLES) await this.connection.run(`DROP TABLE IF EXISTS ${table}`);
    // The amount in major units is asked about by RFM as often as the one in minor units.
    this.catalog.add('events', eventColumnDefinition('amount', 'num'));
    for (const sql of createTablesSql(this.catalog)) await this.connection.run(sql);
  }

  private async addColumns(customers: readonly StoredCustomer[]): Promise<void> {
    for (const customer of customers) {
      for (const column of missingAttributeColumns(this.catalog, customer)) {
        const sql = this.catalog.add('customers', column);
        if (sql !== null) await this.connection.run(sql);
      }
    }
  }

  private async putCustomers(customers: readonly StoredCustomer[]): Promise<void> {
    if (customers.length === 0) return;
    await this.stage(
      'customers',
      customers.map((customer) => customerRow(this.catalog, customer)),
    );
    await this.connection.run('INSERT OR REPLACE INTO customers SELECT * FROM staged_customers');
    await this.connection.run('DELETE FROM tags WHERE customer_id IN (SELECT customer_id FROM staged_customers)');
    await this.append('tags', customers.flatMap(tagRows));
    await this.connection.run('DROP TABLE staged_customers');
  }

  private async addEvents({ events, mayRepeat }: ColumnarBatch): Promise<void> {
    const rows = events.map(({ customerId, event }) => eventRow(this.catalog, customerId, event));
    if (!mayRepeat || rows.length === 0) return this.append('events', rows);
    await this.stage('events', rows);
    await this.connection.run(
      'INSERT INTO events SELECT s.* FROM staged_events AS s ANTI JOIN events AS e ON e.event_id = s.event_id',
    );
    await this.connection.run('DROP TABLE staged_events');
  }

  private async stage(table: ColumnarTable, rows: Cell[][]): Promise<void> {
    await this.connection.run(`CREATE OR REPLACE TEMP TABLE staged_${table} AS SELECT * FROM ${table} LIMIT 0`);
    await this.append(table, rows, { name: `staged_${table}`, catalog: 'temp' });
  }

  private async append(
    table: ColumnarTable,
    rows: Cell[][],
    into: { name: string; catalog?: string } = { name: table },
  ): Promise<void> {
    if (rows.length === 0) return;
    const appender = await this.connection.createAppender(
      into.name,
      into.catalog ? 'main' : null,
      into.catalog ?? null,
    );
    const columns = this.catalog.columns(table);
    for (const row of rows) appendRow(appender, columns, row);
    appender.closeSync();
  }

  private exclusively(work: () => Promise<void>): Promise<void> {
    const run = this.writer.catch(() => undefined).then(work);
    this.writer = run;
    return run;
  }
}

async function stateOf(connection: DuckDBConnection): Promise<Map<string, string>> {
  const rows = (await connection.runAndReadAll('SELECT key, value FROM copy_state')).getRows();
  return new Map(rows.map(([key, value]) => [String(key), String(value)]));
}

async function columnsOf(connection: DuckDBConnection): Promise<Partial<Record<ColumnarTable, ColumnDefinition[]>>> {
  const columns: Partial<Record<ColumnarTable, ColumnDefinition[]>> = {};
  for (const table of TABLES) {
    const rows = await connection.runAndReadAll(
      `SELECT column_name, data_type FROM information_schema.columns
       WHERE table_schema = 'main' AND table_name = $1 ORDER BY ordinal_position`,
      [table],
    );
    columns[table] = rows.getRows().map(([name, type]) => ({ name: String(name), type: String(type) as ColumnType }));
  }
  return columns;
}
