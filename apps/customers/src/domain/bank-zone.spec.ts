import { utcOffsetMinutes } from './bank-zone';

describe('utcOffsetMinutes', () => {
  it.each([
    ['Asia/Shanghai', '2026-01-05T00:00:00Z', 480],
    ['UTC', '2026-01-05T00:00:00Z', 0],
    ['Europe/Lisbon', '2026-07-05T00:00:00Z', 60],
    ['America/St_Johns', '2026-01-05T00:00:00Z', -210],
  ])('%s at %s', (zone, at, minutes) => expect(utcOffsetMinutes(zone, new Date(at))).toBe(minutes));

  it('refuses an unknown zone', () => expect(() => utcOffsetMinutes('Moon/Base', new Date())).toThrow(RangeError));
});
