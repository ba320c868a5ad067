import * as fc from 'fast-check';
import { JSON_DEPTH_MAX, parseJsonBody } from './json-body';

const parse = (text: string) => parseJsonBody(Buffer.from(text));
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

it('reads what JSON.stringify writes, to the depth that is allowed', () => {
  const values = fc.jsonValue({ maxDepth: JSON_DEPTH_MAX - 2 });
  fc.assert(
    fc.property(values, (value) => {
      const text = JSON.stringify(value);
      fc.pre(!/"(__proto__|constructor|prototype)"|\\u0000/.test(text));
      expect(parse(text)).toEqual(JSON.parse(text));
    }),
  );
  expect(parse('')).toBeUndefined();
  expect(parse(nested(JSON_DEPTH_MAX))).toBeDefined();
});

it.each([
  ['not JSON', '{'],
  ['nothing but space', ' '],
  ['too deep', nested(JSON_DEPTH_MAX + 1)],
  ['deep beyond any stack', nested(100_000)],
  ['infinite', '{"a":1e999}'],
  ['infinite in a list', '[[-1e999]]'],
  ['a prototype', '{"a":{"__proto__":{}}}'],
  ['a constructor', '[{"constructor":{"prototype":{}}}]'],
  ['NUL in a key', '{"a\\u0000b":1}'],
])('refuses what is %s', (_what, text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ reason: 'MALFORMED_JSON' }));
});

it('refuses bytes that are not UTF-8', () => {
  expect(() => parseJsonBody(Buffer.from([0x22, 0xff, 0xfe, 0x22]))).toThrow(
    expect.objectContaining({ reason: 'MALFORMED_JSON' }),
  );
});

it('leaves no trace on Object', () => {
  expect(() => parse('{"__proto__":{"isAdmin":true}}')).toThrow();
  expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
});
