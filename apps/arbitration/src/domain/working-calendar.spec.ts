import { calendarKnownUntil, isWorkingDay } from './working-calendar';

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
