import { dayOf, momentOfDay } from './simulation-days';

const ZONE = 'Asia/Shanghai';
const NOW = new Date('2026-03-02T12:00:00Z');
const at = (startsAt: string | null, index: number): string =>
  momentOfDay(ZONE, NOW, startsAt === null ? null : new Date(startsAt), index).toISOString();

describe('the simulated days', () => {
  it('begin tomorrow at ten in the morning of the bank', () => {
    expect([at(null, 0), at(null, 1)]).toEqual(['2026-03-03T02:00:00.000Z', '2026-03-04T02:00:00.000Z']);
    expect(at('2026-02-01T00:00:00Z', 0)).toBe('2026-03-03T02:00:00.000Z');
    expect(dayOf(ZONE, new Date(at(null, 0)))).toBe('2026-03-03');
  });

  it('begin with the strategy when that is later, and never before its hour', () => {
    expect(at('2026-03-09T16:00:00Z', 0)).toBe('2026-03-10T02:00:00.000Z');
    expect(at('2026-03-10T04:30:00Z', 0)).toBe('2026-03-10T04:30:00.000Z');
    expect(at('2026-03-10T04:30:00Z', 1)).toBe('2026-03-11T02:00:00.000Z');
  });
});
