import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import * as fc from 'fast-check';
import { appendRow, customerRow, eventRow, missingAttributeColumns, tagRows, type Cell } from './columnar-row';
import type { StoredCustomer } from './columnar-row';
import { ColumnCatalog, createTablesSql, type ColumnarTable } from './columnar-schema';
import { compilePredicate } from './compile-predicate';
import { compileSql } from './compile-sql';
import { describeRule } from './describe-rule';
import { parseRule } from './parse-rule';
import { customersOf, NOW_MS, ruleOver } from './rule.factory';

const RUNS = 40;
const RULES_PER_RUN = 25;
const CUSTOMERS = 300;

async function fill(connection: DuckDBConnection, customers: readonly StoredCustomer[]): Promise<ColumnCatalog> {
  const catalog = new ColumnCatalog();
  for (const table of ['customers', 'tags', 'events']) await connection.run(`DROP TABLE IF EXISTS ${table}`);
  for (const statement of createTablesSql(catalog)) await connection.run(statement);
  for (const customer of customers) {
    for (const column of missingAttributeColumns(catalog, customer)) {
      await connection.run(catalog.add('customers', column) ?? '');
    }
  }
  const write = async (table: ColumnarTable, rows: Cell[][]): Promise<void> => {
    const appender = await connection.createAppender(table);
    for (const row of rows) appendRow(appender, catalog.columns(table), row);
    appender.closeSync();
  };
  await write(
    'customers',
    customers.map((customer) => customerRow(catalog, customer)),
  );
  await write('tags', customers.flatMap(tagRows));
  const events = customers.flatMap(({ customerId, events: own }) =>
    (own ?? []).map((event) => eventRow(catalog, customerId, event)),
  );
  await write('events', events);
  return catalog;
}

function reportFirst<T>(run: fc.RunDetails<T>): void {
  if (run.failed) throw new Error(`seed ${run.seed}, run ${run.numRuns}: ${String(run.errorInstance)}`);
}

describe('a rule as a predicate and as SQL', () => {
  let connection: DuckDBConnection;

  beforeAll(async () => {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    connection = await instance.connect();
  });
  afterAll(() => connection.closeSync());

  const membersBySql = async (where: string): Promise<ReadonlySet<unknown>> => {
    const reader = await connection.runAndReadAll(`SELECT customer_id FROM customers WHERE ${where}`);
    return new Set(reader.getRows().map(([customerId]) => customerId));
  };

  it('accepts exactly the same customers', async () => {
    let asked = 0;
    let discerning = 0;
    await fc.assert(
      fc.asyncProperty(
        customersOf(CUSTOMERS),
        fc.array(ruleOver(['seg-a', 'seg-b', 'seg-c']), { minLength: RULES_PER_RUN, maxLength: RULES_PER_RUN }),
        fc.record({ 'seg-a': ruleOver(['seg-b', 'seg-c']), 'seg-b': ruleOver(['seg-c']), 'seg-c': ruleOver([]) }),
        fc.constantFrom(0, 480, -720, 720),
        async (customers, rules, segments, utcOffsetMinutes) => {
          const catalog = await fill(connection, customers);
          const resolveSegment = (id: string) => segments[id as keyof typeof segments];
          for (const rule of rules) {
            const parsed = parseRule(JSON.parse(JSON.stringify(rule)));
            const accepts = compilePredicate(parsed, { resolveSegment, utcOffsetMinutes });
            const verdicts = customers.map((customer) => accepts(customer, NOW_MS));
            const { where } = compileSql(parsed, { resolveSegment, utcOffsetMinutes, nowMs: NOW_MS, catalog });
            const bySql = await membersBySql(where);
            const other = customers.find(({ customerId }, i) => bySql.has(customerId) !== verdicts[i]);
            if (other !== undefined) {
              throw new Error(`${describeRule(parsed)}\n${where}\n${JSON.stringify({ parsed, segments, other })}`);
            }
            asked += 1;
            if (verdicts.includes(true) && verdicts.includes(false)) discerning += 1;
          }
        },
      ),
      // One rule and one customer say more than a base shrunk attribute by attribute.
      { numRuns: RUNS, endOnFailure: true, reporter: reportFirst },
    );
    // Rules that all accept everyone or no one would agree about nothing.
    expect(discerning).toBeGreaterThan(asked / 4);
  }, 600_000);
});
