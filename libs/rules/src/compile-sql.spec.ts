import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { attributeColumnDefinition, ColumnCatalog, createTablesSql } from './columnar-schema';
import { compileSql } from './compile-sql';
import { sqlIdentifier, sqlNumber, sqlString } from './sql-literal';

const NOW_MS = Date.UTC(2026, 0, 1);

describe('compileSql', () => {
  let connection: DuckDBConnection;
  const catalog = new ColumnCatalog();

  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
    catalog.add('customers', attributeColumnDefinition('note', 'str'));
    for (const statement of createTablesSql(catalog)) await connection.run(statement);
  });
  afterAll(() => connection.closeSync());
  beforeEach(async () => {
    await connection.run('DELETE FROM customers');
    await connection.run("INSERT INTO customers (customer_id) VALUES ('c1')");
  });

  const value = async (sql: string): Promise<unknown> => (await connection.runAndReadAll(sql)).getRows()[0]?.[0];

  it('refuses the event at hand, which no stored customer has', () => {
    const rule = { not: { field: 'event.amountMinor', op: 'gt', value: 1 } } as const;
    expect(() => compileSql(rule, { catalog, nowMs: NOW_MS })).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        reason: 'RULE_EVENT_FIELD_IN_SQL',
        metadata: { field: 'event.amountMinor' },
      }),
    );
  });

  it.each([Number.NaN, 1.5, -1, Date.UTC(9999, 11, 31)])('refuses %p as now', (nowMs) => {
    expect(() => compileSql({ tag: 'x' }, { catalog, nowMs })).toThrow(
      expect.objectContaining({ reason: 'RULE_NOW_INVALID' }),
    );
  });

  it.each(["'; DROP TABLE customers; --", "\\'; DELETE FROM customers; --", '$1', "''", '/* */', "E'\\x27'", 'a\nb'])(
    'keeps %j a value, wherever it stands',
    async (hostile) => {
      const note = catalog.columns('customers').at(-1)?.name ?? '';
      const statement = await connection.prepare(`UPDATE customers SET stage = $1, ${sqlIdentifier(note)} = $1`);
      statement.bindVarchar(1, hostile);
      await statement.run();
      const { where } = compileSql(
        {
          all: [
            { field: 'stage', op: 'in', value: [hostile, 'other'] },
            { field: 'attributes.note', op: 'contains', value: hostile },
            { not: { tag: hostile, value: hostile } },
            {
              events: {
                type: hostile,
                where: [{ field: 'any.path', op: 'eq', value: hostile }],
                windowDays: 1,
                count: { op: 'eq', value: 0 },
              },
            },
          ],
        },
        { catalog, nowMs: NOW_MS },
      );
      expect(await value(`SELECT count(*) FROM customers WHERE ${where}`)).toBe(1n);
    },
  );

  it('takes an attribute that has no column as missing', async () => {
    const holds = async (op: 'eq' | 'ne'): Promise<unknown> => {
      const { where } = compileSql({ field: 'attributes.never', op, value: 1 }, { catalog, nowMs: NOW_MS });
      return value(`SELECT (${where}) IS TRUE FROM customers`);
    };
    expect([await holds('eq'), await holds('ne')]).toEqual([false, true]);
  });

  it('names the customers table as the statement does', async () => {
    const { where } = compileSql(
      { all: [{ field: 'stage', op: 'exists', value: false }, { not: { tag: 'x' } }] },
      { catalog, nowMs: NOW_MS, customersAlias: 'c' },
    );
    expect(await value(`SELECT count(*) FROM customers AS c WHERE ${where}`)).toBe(1n);
  });

  it('writes numbers that are read back to the bit, and refuses what cannot be a literal', async () => {
    for (const number of [0.1, 1 / 3, 5e-324, 1.7976931348623157e308, -2.5e-7, Number.MAX_SAFE_INTEGER]) {
      expect(Number(await value(`SELECT (${sqlNumber(number)})::DOUBLE`))).toBe(number);
    }
    expect(() => sqlNumber(Infinity)).toThrow(TypeError);
    expect(() => sqlString('a\0')).toThrow(TypeError);
    expect(() => sqlString('\ud800')).toThrow(TypeError);
    expect(sqlIdentifier('a"b')).toBe('"a""b"');
  });
});
