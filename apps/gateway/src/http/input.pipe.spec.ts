import type { DomainError } from '@tidegate/errors';
import { field } from './field';
import { InputPipe } from './input.pipe';
import { NoInput } from './no-input.request';
import { PageQuery } from './page.query';

class Part {
  @field.whole({ max: 10 })
  count!: number;
}

class Whole {
  @field.text({ max: 5 })
  name!: string;

  @field.time({ optional: true })
  at?: Date;

  @field.parts(() => Part, { optional: true, maxCount: 2 })
  parts?: Part[];

  @field.json({ optional: true })
  free?: Record<string, unknown>;

  @field.decimal({ optional: true, min: -1, max: 1 })
  ratio?: number;
}

const pipe = new InputPipe();
const body = (value: unknown, metatype: new () => object = Whole): unknown =>
  pipe.transform(value, { type: 'body', metatype });
const violationsOf = (value: unknown, metatype?: new () => object): string[] => {
  try {
    body(value, metatype);
  } catch (error) {
    return (error as DomainError).violations.map((violation) => violation.field);
  }
  return [];
};

it('makes an instance, timestamps read, free JSON as it came', () => {
  const free = { toString: 'kept', nested: { at: '2026-03-02T00:00:00Z', list: [1, null] } };
  const read = body({ name: 'abc', at: '2026-03-02T00:00:00Z', parts: [{ count: 1 }], free });
  expect(read).toBeInstanceOf(Whole);
  expect(read).toMatchObject({ name: 'abc', at: new Date('2026-03-02T00:00:00Z'), free });
  expect((read as Whole).parts?.[0]).toBeInstanceOf(Part);
});

it.each<[string, unknown, string[]]>([
  ['a missing field', {}, ['name']],
  ['null for an optional field', { name: 'a', at: null }, ['at']],
  ['null for a list', { name: 'a', parts: null }, ['parts']],
  ['null in a list', { name: 'a', parts: [null] }, ['parts', 'parts.0']],
  ['an object for a list', { name: 'a', parts: { count: 1 } }, ['parts']],
  ['a list for an object', { name: 'a', free: [] }, ['free']],
  ['too long a list', { name: 'a', parts: [{ count: 1 }, { count: 1 }, { count: 1 }] }, ['parts']],
  ['a number beyond its bounds', { name: 'a', ratio: 1.01 }, ['ratio']],
  ['a broken rule inside', { name: 'a', parts: [{ count: 11 }] }, ['parts.0.count']],
  ['an unknown field', { name: 'a', surprise: 1 }, ['surprise']],
  ['an unknown field inside', { name: 'a', parts: [{ count: 1, surprise: 1 }] }, ['parts.0.surprise']],
  ['null', null, ['']],
  ['a list', [], ['']],
  ['text', 'text', ['']],
])('refuses %s by its path', (_what, value, fields) => {
  expect([...new Set(violationsOf(value))]).toEqual(fields);
});

it('takes nothing, or an empty object, where there is nothing to say', () => {
  expect(violationsOf(undefined, NoInput)).toEqual([]);
  expect(violationsOf({}, NoInput)).toEqual([]);
  expect(violationsOf({ extra: 1 }, NoInput)).toEqual(['extra']);
});

it('reads whole numbers of a query, and only those', () => {
  const query = (pageSize: unknown) =>
    pipe.transform({ pageSize }, { type: 'query', metatype: PageQuery }) as PageQuery;
  expect(query('50').pageSize).toBe(50);
  for (const wrong of ['', 'NaN', '1e2', '0x10', ' 5', '5.0', '201', '-1', '99999999999999999999', ['1', '2']]) {
    expect(() => query(wrong)).toThrow(expect.objectContaining({ reason: 'VALIDATION_FAILED' }));
  }
});
