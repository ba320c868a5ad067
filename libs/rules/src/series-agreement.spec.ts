import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import * as fc from 'fast-check';
import { appendRow, customerRow, eventRow, type Cell, type StoredCustomer } from './columnar-row';
import { ColumnCatalog, createTablesSql, type ColumnarTable } from './columnar-schema';
import { compilePredicate } from './compile-predicate';
import { compileSql } from './compile-sql';
import { counterKey, counterOf, countersOf, countedValue, type EventCounter } from './event-counter';
import { addFacts, factHash, NO_FACTS, seriesTest, type CountedFact } from './event-series';
import type { Rule } from './rule';
import type { EventSeries, RuleCustomer, RuleEvent } from './rule-customer';
import { customersOf, eventsRule, NOW_MS } from './rule.factory';
import { seriesSql } from './sql-series';

// Goal: a rule over past events gives one answer from the facts, in SQL over the base, from a series that grew fact by fact, and from one
// that was filled from SQL while facts came in.

const CUSTOMERS = 80;
const RULES = 12;
const eventIdOf = (customerId: string, index: number): string => `${customerId}/e-${index}`;

const identified = (customers: readonly StoredCustomer[]): StoredCustomer[] =>
  customers.map((customer) => ({
    ...customer,
    events: (customer.events ?? []).map((event, i) => ({ ...event, eventId: eventIdOf(customer.customerId, i) })),
  }));

async function fill(connection: DuckDBConnection, customers: readonly StoredCustomer[]): Promise<ColumnCatalog> {
  const catalog = new ColumnCatalog();
  for (const table of ['customers', 'tags', 'events']) await connection.run(`DROP TABLE IF EXISTS ${table}`);
  for (const statement of createTablesSql(catalog)) await connection.run(statement);
  const write = async (table: ColumnarTable, rows: Cell[][]): Promise<void> => {
    const appender = await connection.createAppender(table);
    for (const row of rows) appendRow(appender, catalog.columns(table), row);
    appender.closeSync();
  };
  const bare = customers.map((customer) => customerRow(catalog, { ...customer, attributes: {} }));
  await write('customers', bare);
  const events = customers.flatMap(({ customerId, events: own }) =>
    (own ?? []).map((event) => eventRow(catalog, customerId, event)),
  );
  await write('events', events);
  return catalog;
}

const counted = (counter: EventCounter, events: readonly RuleEvent[]): CountedFact[] => {
  const valueOf = countedValue(counter);
  return events.flatMap((event) => {
    const value = valueOf(event);
    return value === null ? [] : [{ atMs: event.occurredAtMs, hash: factHash(event.eventId ?? ''), value }];
  });
};

/** Accepts by series alone; what is not known is an error, since these bases are far below what is kept. */
const bySeries = (rule: Rule): ((customer: RuleCustomer) => boolean) => {
  const accepts = compilePredicate(rule, {
    eventsPredicate: (condition) => {
      const test = seriesTest(condition);
      const key = counterKey(counterOf(condition));
      return ({ series }, nowMs) => {
        const own = series?.[key] ?? NO_FACTS;
        if (!test.isKnown(own, nowMs)) throw new Error(`not known: ${JSON.stringify({ condition, own: [...own] })}`);
        return test.accepts(own, nowMs);
      };
    },
  });
  return (customer) => accepts(customer, NOW_MS);
};

describe('a rule over past events', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    connection = await instance.connect();
  });
  afterAll(() => connection.closeSync());

  const rowsOf = async (sql: string, values: string[] = []) =>
    (await connection.runAndReadAll(sql, values)).getRowObjects();

  const filled = async (counter: EventCounter, catalog: ColumnCatalog): Promise<Map<string, CountedFact[]>> => {
    const facts = new Map<string, CountedFact[]>();
    for (const row of await rowsOf(seriesSql(counter, { catalog, nowMs: NOW_MS }), [''])) {
      const own = facts.get(String(row.customer_id)) ?? [];
      own.push({ atMs: Number(row.at_ms), hash: factHash(String(row.event_id)), value: Number(row.value) });
      facts.set(String(row.customer_id), own);
    }
    return facts;
  };

  it('gives one answer from facts, from SQL, and from series however they came about', async () => {
    let discerning = 0;
    await fc.assert(
      fc.asyncProperty(
        customersOf(CUSTOMERS).map(identified),
        fc.array(eventsRule, { minLength: RULES, maxLength: RULES }),
        fc.infiniteStream(fc.nat(3)),
        async (customers, rules, dice) => {
          const catalog = await fill(connection, customers);
          const draw = (): number => dice.next().value as number;
          for (const rule of rules) {
            const [counter] = countersOf(rule) as [EventCounter];
            const { where } = compileSql(rule, { nowMs: NOW_MS, catalog });
            const inSql = new Set(
              (await rowsOf(`SELECT customer_id FROM customers WHERE ${where}`)).map((row) => row.customer_id),
            );
            const fromBase = await filled(counter, catalog);
            const accepts = bySeries(rule);
            for (const customer of customers) {
              const own = counted(counter, customer.events ?? []);
              // Late, repeated and out of order; some only from the base, some only live, some from both.
              const live = own.flatMap((fact) => new Array<CountedFact>(draw()).fill(fact)).sort(() => draw() - 1.5);
              let grown: EventSeries = NO_FACTS;
              for (const fact of [...live, ...own]) grown = addFacts(grown, [fact], counter, NOW_MS);
              let mixed: EventSeries = NO_FACTS;
              for (const fact of live) mixed = addFacts(mixed, [fact], counter, NOW_MS - draw() * 86_400_000);
              mixed = addFacts(mixed, fromBase.get(customer.customerId) ?? [], counter, NOW_MS);
              const fromFacts = compilePredicate(rule)(customer, NOW_MS);
              const answers = [
                inSql.has(customer.customerId),
                ...[grown, mixed].map((one) => accepts({ ...customer, series: { [counterKey(counter)]: one } })),
              ];
              if (answers.some((answer) => answer !== fromFacts)) {
                throw new Error(
                  JSON.stringify({ rule, customer, answers, fromFacts, series: [[...grown], [...mixed]] }),
                );
              }
            }
            if (inSql.size > 0 && inSql.size < customers.length) discerning += 1;
          }
        },
      ),
      { numRuns: 15, endOnFailure: true },
    );
    // Rules that all accept everyone or no one would agree about nothing.
    expect(discerning).toBeGreaterThan(20);
  }, 600_000);
});
