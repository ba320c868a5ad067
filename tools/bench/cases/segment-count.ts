import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import {
  attributeColumnDefinition,
  ColumnCatalog,
  compileSql,
  createTablesSql,
  parseRule,
  type ColumnDefinition,
} from '../../../libs/rules/src/index';
import { median } from '../load';
import { byRatio, byValue, type BenchRow } from '../row';

const CUSTOMERS = 1_000_000;
const RUNS = 15;
const MS_MAX = 100;

const ATTRIBUTES: ColumnDefinition[] = [
  attributeColumnDefinition('balance', 'num'),
  attributeColumnDefinition('job', 'str'),
  attributeColumnDefinition('housing', 'bool'),
];

const RULE = parseRule({
  all: [
    { field: 'attributes.balance', op: 'gte', value: 5_000 },
    { field: 'attributes.job', op: 'in', value: ['management', 'technician'] },
    { field: 'attributes.housing', op: 'eq', value: false },
    { field: 'stage', op: 'eq', value: 'mature' },
    { field: 'orgPath', op: 'startsWith', value: 'hq/east/' },
  ],
});

/** The same five conditions, by hand. */
const [BALANCE, JOB, HOUSING] = ATTRIBUTES.map(({ name }) => `"${name}"`);
const BARE_SQL = `SELECT count(*) FROM customers WHERE ${BALANCE} >= 5000 AND ${JOB} IN ('management', 'technician')
  AND ${HOUSING} = false AND stage = 'mature' AND org_path LIKE 'hq/east/%'`;

/** A segment of five conditions over a million generated customers, compiled from the rule, beside hand-written SQL. */
export async function segmentCount(): Promise<BenchRow[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const catalog = await generate(connection);
  const { where } = compileSql(RULE, { catalog, nowMs: Date.now() });
  const compiledSql = `SELECT count(*) FROM customers WHERE ${where}`;
  const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
  const counts = new Set<string>();
  for (let run = 0; run < RUNS; run += 1) {
    counts.add(await timed(connection, compiledSql, times.ours));
    counts.add(await timed(connection, BARE_SQL, times.bare));
  }
  connection.closeSync();
  instance.closeSync();
  if (counts.size !== 1) throw new Error(`segment-count: the two ways disagree: ${[...counts].join(' ')}`);
  const [ours, bare] = [median(times.ours), median(times.bare)];
  return [
    byValue('segment-count: five conditions over 1,000,000 customers', 'ms', ours, bare, '<=', MS_MAX),
    byRatio('segment-count: against the same SQL in bare DuckDB', 'ms', ours, bare, '<=', 2),
  ];
}

async function timed(connection: DuckDBConnection, sql: string, times: number[]): Promise<string> {
  const startedAt = performance.now();
  const reader = await connection.runAndReadAll(sql);
  times.push(performance.now() - startedAt);
  return String(reader.getRows()[0]?.[0]);
}

async function generate(connection: DuckDBConnection): Promise<ColumnCatalog> {
  const catalog = new ColumnCatalog();
  for (const column of ATTRIBUTES) catalog.add('customers', column);
  for (const sql of createTablesSql(catalog)) await connection.run(sql);
  await connection.run(`
    INSERT INTO customers BY NAME
    SELECT md5(i::VARCHAR) AS customer_id,
      ['hq/east/shanghai', 'hq/east/nanjing', 'hq/north/beijing', 'hq/south/shenzhen'][1 + (hash(i) % 4)::INT] AS org_path,
      ['first_contact', 'honeymoon', 'mature', 'mature', 'at_risk'][1 + (hash(i + 1) % 5)::INT] AS stage,
      (hash(i + 2) % 20000)::DOUBLE AS ${BALANCE},
      ['management', 'technician', 'services', 'retired', 'student'][1 + (hash(i + 3) % 5)::INT] AS ${JOB},
      hash(i + 4) % 2 = 0 AS ${HOUSING}
    FROM range(${CUSTOMERS}) AS generated(i)`);
  return catalog;
}
