import * as fc from 'fast-check';
import { customerRow, eventRow, missingAttributeColumns, tagRows, type StoredCustomer } from './columnar-row';
import { attributeColumn, ColumnCatalog, createTablesSql, eventColumnDefinition } from './columnar-schema';

const customer: StoredCustomer = {
  customerId: 'c1',
  birthDate: '1990-05-04',
  rfm: { recency: 5, frequency: 9 },
  attributes: { monthlyIncome: 12.5, is_owner: true, 'emp.rate': 'x', empty: null, __bad: Number.NaN, 'no way': 1 },
  tags: { vip: { value: 'gold', validUntilMs: 5 }, plain: {} },
};
const named = (catalog: ColumnCatalog, table: 'customers' | 'events', row: readonly unknown[]) =>
  Object.fromEntries(
    catalog
      .columns(table)
      .map(({ name }, i) => [name, row[i]] as const)
      .filter(([, cell]) => cell !== null),
  );

describe('the columnar copy', () => {
  it('never gives two attributes one column, in any case of letters', () => {
    const key = fc.stringMatching(/^[aA_][aAbB_0.-]{0,6}$/);
    const kind = fc.constantFrom('num' as const, 'str' as const, 'bool' as const);
    fc.assert(
      fc.property(key, key, kind, kind, (a, b, kindOfA, kindOfB) => {
        const same = attributeColumn(a, kindOfA).toLowerCase() === attributeColumn(b, kindOfB).toLowerCase();
        expect(same).toBe(a === b && kindOfA === kindOfB);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gains a typed column for each attribute and kind that it meets, once', () => {
    const catalog = new ColumnCatalog();
    const added = missingAttributeColumns(catalog, customer).map((column) => catalog.add('customers', column));
    expect(added).toEqual([
      'ALTER TABLE customers ADD COLUMN IF NOT EXISTS "attr_monthly_income_num" DOUBLE',
      'ALTER TABLE customers ADD COLUMN IF NOT EXISTS "attr_is__owner_bool" BOOLEAN',
      'ALTER TABLE customers ADD COLUMN IF NOT EXISTS "attr_emp_02e_rate_str" VARCHAR',
    ]);
    expect(missingAttributeColumns(catalog, customer)).toEqual([]);
    expect(named(catalog, 'customers', customerRow(catalog, customer))).toEqual({
      customer_id: 'c1',
      birth_ymd: 19_900_504,
      rfm_recency: 5,
      attr_monthly_income_num: 12.5,
      attr_is__owner_bool: true,
      attr_emp_02e_rate_str: 'x',
    });
    expect(tagRows(customer)).toEqual([
      ['c1', 'vip', 'gold', 5],
      ['c1', 'plain', null, null],
    ]);
  });

  it('is the same catalog when built again from its columns', () => {
    const catalog = new ColumnCatalog();
    missingAttributeColumns(catalog, customer).forEach((column) => catalog.add('customers', column));
    const again = new ColumnCatalog({ customers: catalog.columns('customers'), events: catalog.columns('events') });
    expect(createTablesSql(again)).toEqual(createTablesSql(catalog));
    expect(customerRow(again, customer)).toEqual(customerRow(catalog, customer));
  });

  it('puts event data in their columns by kind, and the reachable rest in JSON', () => {
    const catalog = new ColumnCatalog();
    catalog.add('events', eventColumnDefinition('detail.city', 'str'));
    const data = {
      amountMinor: 5,
      currency: 7,
      detail: { city: 'Brno', zip: 'x', bad: '\ud800' },
      items: [1],
      when: new Date(0),
    };
    const row = named(catalog, 'events', eventRow(catalog, 'c1', { type: 'card', occurredAtMs: 9, data }));
    expect(row).toEqual({
      customer_id: 'c1',
      type: 'card',
      occurred_at_ms: 9,
      data_amount_minor_num: 5,
      data_detail_02e_city_str: 'Brno',
      data: '{"currency":7,"detail":{"zip":"x"}}',
    });
  });

  it('refuses moments that are not whole milliseconds, and columns without end', () => {
    const catalog = new ColumnCatalog();
    expect(() => eventRow(catalog, 'c1', { type: 'card', occurredAtMs: 0.5, data: {} })).toThrow(
      expect.objectContaining({ reason: 'EVENT_TIME_INVALID' }),
    );
    expect(() => tagRows({ ...customer, tags: { vip: { validUntilMs: Number.NaN } } })).toThrow(
      expect.objectContaining({ reason: 'TAG_TIME_INVALID' }),
    );
    const overflow = () => {
      for (let i = 0; i < 2_001; i++) catalog.add('customers', { name: `extra_${i}`, type: 'DOUBLE' });
    };
    expect(overflow).toThrow(expect.objectContaining({ reason: 'COLUMNS_EXHAUSTED' }));
  });
});
