import * as fc from 'fast-check';
import { parseTimestamp } from './timestamp';

it('reads back every moment it is written as', () => {
  const moments = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  });
  fc.assert(fc.property(moments, (moment) => expect(parseTimestamp(moment.toISOString())).toEqual(moment)));
});

it.each([
  ['2026-03-02T10:00:00+08:00', '2026-03-02T02:00:00.000Z'],
  ['2026-03-02t10:00:00.123456z', '2026-03-02T10:00:00.123Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
])('reads %s', (text, iso) => expect(parseTimestamp(text)?.toISOString()).toBe(iso));

it.each([
  '2026-02-29T00:00:00Z',
  '2026-04-31T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-03-02T25:00:00Z',
  '2026-03-02T10:00:00',
  '2026-03-02',
  '2026-03-02 10:00:00Z',
  'now',
  '',
  '0000-01-01T00:00:00Z',
  1_700_000_000,
  null,
  {},
  new Date(),
])('does not read %p', (value) => expect(parseTimestamp(value)).toBeUndefined());
