import { calendarKnownUntil, isPublicHoliday, isWorkingDay } from './working-calendar';

it('knows holidays and the weekend days that are worked instead', () => {
  // National Day 2026 with the Saturday that is worked for it, and an ordinary Monday and Saturday.
  expect(['2026-10-01', '2026-10-10', '2026-03-02', '2026-03-07'].map(isWorkingDay)).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

it('says how far it is known, and never guesses at a year that was not announced', () => {
  expect(calendarKnownUntil(2024) >= '2026-12-31').toBe(true);
  expect(calendarKnownUntil(2098)).toBe('2097-12-31');
});

it('tells the days of public holidays from plain weekends', () => {
  const days = Array.from({ length: 365 }, (_, at) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10));
  const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay());
  const holidays = days.filter(isPublicHoliday);
  expect(holidays.filter(isWorkingDay)).toEqual([]);
  expect(days.filter((day) => !isWorkingDay(day) && !isWeekend(day))).toEqual(
    holidays.filter((day) => !isWeekend(day)),
  );
  expect(holidays.filter(isWeekend)).toEqual(expect.arrayContaining(['2026-02-15', '2026-02-21', '2026-10-03']));
  expect(holidays).not.toContain('2026-03-07');
});
