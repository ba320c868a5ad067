import { amended, CHINA, WEEKDAYS, type BankCalendar } from '@tidegate/bank-calendar';
import fc from 'fast-check';
import { calendarDateOf } from '../../domain/local-time';
import { businessDay, businessDayAround, finishedDates, isKnown, requireOver, unannouncedYears } from './business-day';

const EVERY_DAY: BankCalendar = { ...CHINA, isWorkingDay: () => true, isAnnounced: () => true };
const SHANGHAI = { timeZone: 'Asia/Shanghai', calendar: CHINA };
const reason = (expected: string, metadata?: object) =>
  expect.objectContaining({ reason: expected, ...(metadata && { metadata }) }) as Error;

describe('business day', () => {
  it('is the calendar day of the bank in China', () => {
    const day = businessDay('2026-11-19', SHANGHAI);
    expect(day.from.toISOString()).toBe('2026-11-18T16:00:00.000Z');
    expect(day.to.toISOString()).toBe('2026-11-19T16:00:00.000Z');
  });

  it.each([
    ['2026-11-20', '2026-11-23', 'a Friday takes the weekend in'],
    ['2026-09-30', '2026-10-08', 'and a day before National Day the holidays'],
    ['2026-10-09', '2026-10-10', 'a Saturday worked instead is a day of its own'],
    ['2026-10-10', '2026-10-12', 'which takes its Sunday in'],
  ])('of %s lasts until %s: %s', (date, next) => {
    expect(businessDay(date, SHANGHAI).to).toEqual(businessDay(next, SHANGHAI).from);
  });

  it('is refused for a date on which the bank does not work, with the day it belongs to', () => {
    expect(() => businessDay('2026-11-22', SHANGHAI)).toThrow(
      reason('NOT_A_BUSINESS_DAY', { businessDate: '2026-11-20' }),
    );
    expect(businessDayAround('2026-10-04', SHANGHAI).date).toBe('2026-09-30');
  });

  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
  ])('%s in Prague has %i hours', (date, hours) => {
    const day = businessDay(date, { timeZone: 'Europe/Prague', calendar: EVERY_DAY });
    expect((day.to.getTime() - day.from.getTime()) / 3_600_000).toBe(hours);
  });

  it('holds every instant in exactly one business day', () => {
    const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Prague', 'America/New_York', 'Asia/Kathmandu', 'UTC');
    const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, instants, (timeZone, instant) => {
        const day = businessDayAround(calendarDateOf(instant, timeZone), { timeZone, calendar: CHINA });
        return day.from <= instant && instant < day.to;
      }),
    );
  });

  it('is not known when it may end with a year whose holidays are not announced', () => {
    const bank = { ...SHANGHAI, calendar: amended(WEEKDAYS, { closedDates: ['2026-12-25'] }) };
    const known = ['2026-01-01', '2026-12-30', '2026-12-31'].map((date) => isKnown(businessDay(date, bank), bank));
    expect(known).toEqual([true, true, false]);
    const asked = businessDayAround('2026-12-26', bank);
    expect([asked.date, isKnown(asked, bank)]).toEqual(['2026-12-24', true]);
  });

  it('misses the holidays of a year a month ahead, by the bank’s own calendar', () => {
    const bank = { ...SHANGHAI, calendar: amended(WEEKDAYS, { closedDates: ['2026-12-25'] }) };
    const missing = (at: string): number[] => unannouncedYears(new Date(at), bank);
    expect(missing('2026-11-30T15:59:59Z')).toEqual([]);
    expect(missing('2026-11-30T16:00:00Z')).toEqual([2027]);
    expect(missing('2026-12-31T16:00:00Z')).toEqual([2027]);
    expect(missing('2027-12-31T16:00:00Z')).toEqual([2028]);
    expect(missing('2027-12-15T00:00:00Z')).toEqual([2027, 2028]);
  });

  it.each(['2026-02-30', '2026-2-3', '', 'today', '2026-11-22T00:00:00Z'])('refuses %p', (date) => {
    expect(() => businessDay(date, SHANGHAI)).toThrow(reason('VALIDATION_FAILED'));
  });

  it('is over when the next working day begins', () => {
    const day = businessDay('2026-11-20', SHANGHAI);
    expect(() => requireOver(day, day.to)).not.toThrow();
    expect(() => requireOver(day, new Date(day.to.getTime() - 1))).toThrow(reason('BUSINESS_DAY_OPEN'));
  });

  it('lists finished days after their grace, oldest first, with no holidays among them', () => {
    const minutes = (value: number) => new Date(Date.parse('2026-11-19T16:00:00Z') + value * 60_000);
    expect(finishedDates(minutes(30), SHANGHAI, 2, 30 * 60_000)).toEqual(['2026-11-18', '2026-11-19']);
    expect(finishedDates(minutes(29), SHANGHAI, 2, 30 * 60_000)).toEqual(['2026-11-17', '2026-11-18']);
    const sunday = new Date('2026-11-22T04:00:00Z');
    expect(finishedDates(sunday, SHANGHAI, 3, 0)).toEqual(['2026-11-17', '2026-11-18', '2026-11-19']);
  });
});
