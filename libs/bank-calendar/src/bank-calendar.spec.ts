import { amended, CHINA, knownUntil, WEEKDAYS, workingDay } from './bank-calendar';

describe('bank calendar', () => {
  it.each([
    ['2026-10-01', false, 'National Day'],
    ['2026-10-07', false, 'National Day week'],
    ['2026-10-10', true, 'a Saturday worked instead 调休'],
    ['2026-10-11', false, 'a Sunday'],
    ['2026-02-14', true, 'a Saturday before Spring Festival, worked instead'],
    ['2026-02-17', false, 'Spring Festival'],
    ['2026-11-20', true, 'a Friday'],
    ['2026-11-21', false, 'a Saturday'],
  ])('%s: working %s, %s', (date, isWorking) => {
    expect(CHINA.isWorkingDay(date)).toBe(isWorking);
  });

  it('finds the working days around a long holiday', () => {
    expect(workingDay('2026-10-03', 'before', CHINA)).toBe('2026-09-30');
    expect(workingDay('2026-10-01', 'from', CHINA)).toBe('2026-10-08');
    expect(workingDay('2026-10-08', 'from', CHINA)).toBe('2026-10-08');
    expect(workingDay('2026-10-08', 'before', CHINA)).toBe('2026-09-30');
  });

  it('knows which years were announced', () => {
    expect([2010, 2024, 2025, 2026].map((year) => CHINA.isAnnounced(year))).toEqual([true, true, true, true]);
    expect(CHINA.isAnnounced(2099)).toBe(false);
  });
});

describe('a calendar of listed dates', () => {
  const prague = amended(WEEKDAYS, { closedDates: ['2026-12-24', '2026-12-25', '2027-01-01'] });

  it.each([
    ['2026-12-23', true, 'a Wednesday'],
    ['2026-12-24', false, 'a date that is listed'],
    ['2026-12-26', false, 'a Saturday'],
    ['2026-10-10', false, 'a Saturday that only China works'],
    ['2026-10-01', true, 'a holiday of China alone'],
  ])('%s: working %s, %s', (date, isWorking) => {
    expect(prague.isWorkingDay(date)).toBe(isWorking);
  });

  it('is searched like any other, and known for the years that have dates', () => {
    expect(workingDay('2026-12-24', 'from', prague)).toBe('2026-12-28');
    expect(workingDay('2026-12-28', 'before', prague)).toBe('2026-12-23');
    expect([2025, 2026, 2027, 2028].map((year) => prague.isAnnounced(year))).toEqual([false, true, true, false]);
  });
});

it('says how far it is known, and never guesses at a year that was not announced', () => {
  expect(knownUntil(2024, CHINA) >= '2026-12-31').toBe(true);
  expect(knownUntil(2098, CHINA)).toBe('2097-12-31');
  expect(knownUntil(2098, amended(CHINA, { closedDates: ['2098-10-01'] }))).toBe('2098-12-31');
});

it('tells the days of public holidays from plain weekends', () => {
  const days = Array.from({ length: 365 }, (_, at) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10));
  const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay());
  const holidays = days.filter(CHINA.isHoliday);
  expect(holidays.filter(CHINA.isWorkingDay)).toEqual([]);
  expect(days.filter((day) => !CHINA.isWorkingDay(day) && !isWeekend(day))).toEqual(
    holidays.filter((day) => !isWeekend(day)),
  );
  expect(holidays.filter(isWeekend)).toEqual(expect.arrayContaining(['2026-02-15', '2026-02-21', '2026-10-03']));
  expect(holidays).not.toContain('2026-03-07');
});

it('has holidays of the bank’s own, and works on days of its own, a holiday’s weekend too', () => {
  const own = amended(CHINA, { closedDates: ['2026-03-03', '2026-03-07'], workedDates: ['2026-10-03'] });
  const days = ['2026-03-02', '2026-03-03', '2026-03-07', '2026-03-08', '2026-10-02', '2026-10-03'];
  expect(days.map((day) => own.isHoliday(day))).toEqual([false, true, true, false, true, false]);
  expect(days.map((day) => own.isWorkingDay(day))).toEqual([true, false, false, false, false, true]);
});
