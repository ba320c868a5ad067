import fc from 'fast-check';
import { businessDateOf, businessDay, finishedDates, requireOver } from './business-day';

describe('business day', () => {
  it('is the calendar day of the bank in China', () => {
    const day = businessDay('2026-11-22', 'Asia/Shanghai');
    expect(day.from.toISOString()).toBe('2026-11-21T16:00:00.000Z');
    expect(day.to.toISOString()).toBe('2026-11-22T16:00:00.000Z');
  });

  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
  ])('%s in Prague has %i hours', (date, hours) => {
    const day = businessDay(date, 'Europe/Prague');
    expect((day.to.getTime() - day.from.getTime()) / 3_600_000).toBe(hours);
  });

  it('holds exactly the instants of its date', () => {
    const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Prague', 'America/New_York', 'Asia/Kathmandu', 'UTC');
    const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, instants, (zone, instant) => {
        const day = businessDay(businessDateOf(instant, zone), zone);
        return day.from <= instant && instant < day.to;
      }),
    );
  });

  it.each(['2026-02-30', '2026-2-3', '', 'today', '2026-11-22T00:00:00Z'])('refuses %p', (date) => {
    expect(() => businessDay(date, 'Asia/Shanghai')).toThrow(expect.objectContaining({ reason: 'VALIDATION_FAILED' }));
  });

  it('is over at the next midnight', () => {
    const day = businessDay('2026-11-22', 'Asia/Shanghai');
    expect(() => requireOver(day, day.to)).not.toThrow();
    expect(() => requireOver(day, new Date(day.to.getTime() - 1))).toThrow(
      expect.objectContaining({ reason: 'BUSINESS_DAY_OPEN' }),
    );
  });

  it('lists finished days after their grace, oldest first', () => {
    const minutes = (value: number) => new Date(Date.parse('2026-11-22T16:00:00Z') + value * 60_000);
    expect(finishedDates(minutes(30), 'Asia/Shanghai', 2, 30 * 60_000)).toEqual(['2026-11-21', '2026-11-22']);
    expect(finishedDates(minutes(29), 'Asia/Shanghai', 2, 30 * 60_000)).toEqual(['2026-11-20', '2026-11-21']);
  });
});
