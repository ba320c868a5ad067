import type { DuckDBAppender, DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { logger } from '@tidegate/observability';
import { PeriodicTasks } from '@tidegate/service';
import type { FactTable } from '../domain/fact';
import { appendRow, createTableSql, tableNames } from './columnar-table';
import { FactRepository } from './fact.repository';
import type { FactDocument } from './fact.schema';

/** How often the copy follows the facts by itself, so that no report has much to catch up. */
const FOLLOW_MS = 1_000;
/** Facts appended in one transaction of the copy: bounds the memory of a rebuild. */
const CHUNK_SIZE = 10_000;

const log = logger('columnar-copy');

interface Database {
  instance: DuckDBInstance;
  writer: DuckDBConnection;
  reader: DuckDBConnection;
}

/**
 * An in-process columnar copy of the facts, for reports in SQL. It is never written but from the facts: after a start it is
 * built from them, then it follows them. A report first adds what is new, so it knows every fact stored before it was asked.
 */
@Injectable()
export class ColumnarCopy implements OnModuleInit, OnModuleDestroy {
  private database: Promise<Database> | undefined;
  private syncedSeq = 0;
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly facts: FactRepository,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(FOLLOW_MS, 'columnar-copy', () => this.sync());
  }

  /** Rows of a query; whole numbers come as numbers. */
  async query<T>(sql: string, params: Record<string, DuckDBValue> = {}): Promise<T[]> {
    await this.sync();
    const { reader } = await this.open();
    const result = await reader.runAndReadAll(sql, params);
    return result.getRowObjectsJS().map((row) => toPlain(row) as T);
  }

  /** Brings the copy up to all facts stored now; calls take turns. */
  sync(): Promise<void> {
    const run = this.queue.then(() => this.catchUp());
    this.queue = run.catch(() => undefined);
    return run;
  }

  async onModuleDestroy(): Promise<void> {
    await this.queue;
    const database = await this.database?.catch(() => undefined);
    database?.reader.closeSync();
    database?.writer.closeSync();
    database?.instance.closeSync();
    this.database = undefined;
  }

  private async catchUp(): Promise<void> {
    const [fromSeq, toSeq] = [this.syncedSeq, await this.facts.lastSeq()];
    if (toSeq === fromSeq) return;
    const startedAt = Date.now();
    let count = 0;
    let chunk: FactDocument[] = [];
    for await (const fact of this.facts.read(fromSeq, toSeq)) {
      // A chunk ends between two writes, so that after a failure the copy goes on at a whole number.
      if (chunk.length >= CHUNK_SIZE && chunk.at(-1)?.seq !== fact.seq) {
        await this.append(chunk, chunk.at(-1)?.seq ?? fromSeq);
        chunk = [];
      }
      chunk.push(fact);
      count += 1;
    }
    await this.append(chunk, toSeq);
    log.debug({ facts: count, ms: Date.now() - startedAt }, 'the copy caught up');
  }

  private async append(facts: FactDocument[], upToSeq: number): Promise<void> {
    const { writer } = await this.open();
    await writer.run('BEGIN');
    try {
      await appendAll(writer, facts);
      await writer.run('COMMIT');
    } catch (error) {
      await writer.run('ROLLBACK');
      throw error;
    }
    this.syncedSeq = upToSeq;
  }

  private open(): Promise<Database> {
    this.database ??= openDatabase();
    return this.database;
  }
}

/** DuckDB is large: it is loaded with the first fact or report, not with the service. */
async function openDatabase(): Promise<Database> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
  const [writer, reader] = [await instance.connect(), await instance.connect()];
  for (const table of tableNames) await writer.run(createTableSql(table));
  return { instance, writer, reader };
}

async function appendAll(writer: DuckDBConnection, facts: FactDocument[]): Promise<void> {
  const appenders = new Map<FactTable, DuckDBAppender>();
  for (const row of facts.flatMap((fact) => fact.rows)) {
    let appender = appenders.get(row.table);
    if (!appender) {
      appender = await writer.createAppender(row.table);
      appenders.set(row.table, appender);
    }
    appendRow(appender, row);
  }
  for (const appender of appenders.values()) appender.closeSync();
}

const toPlain = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  );
