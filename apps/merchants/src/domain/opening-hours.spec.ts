import fc from 'fast-check';
import { localMoment } from './local-time';
import { addDays, DAY_MINUTES, isWithinHours, requireHours, type OpeningHours } from './opening-hours';

// 2026-11-23 is a Monday.
const hours: OpeningHours[] = [
  { weekday: 1, opensMinute: 9 * 60, closesMinute: 12 * 60 },
  { weekday: 1, opensMinute: 14 * 60, closesMinute: 18 * 60 },
  { weekday: 5, opensMinute: 20 * 60, closesMinute: 26 * 60 },
];
const at = (date: string, time: string) => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { date, minute: hour * 60 + minute };
};

it.each([
  ['2026-11-23', '08:59', false],
  ['2026-11-23', '09:00', true],
  ['2026-11-23', '11:59', true],
  ['2026-11-23', '12:00', false],
  ['2026-11-23', '14:30', true],
  ['2026-11-24', '09:30', false],
  ['2026-11-27', '23:59', true],
  ['2026-11-28', '01:59', true],
  ['2026-11-28', '02:00', false],
  ['2026-11-28', '20:30', false],
])('%s at %s is open: %s', (date, time, isOpen) => {
  expect(isWithinHours({ openingHours: hours, closedDates: [] }, at(date, time))).toBe(isOpen);
});

it('keeps a closed date shut, with the night after it', () => {
  const holiday = { openingHours: hours, closedDates: ['2026-11-27'] };
  expect(isWithinHours(holiday, at('2026-11-27', '21:00'))).toBe(false);
  expect(isWithinHours(holiday, at('2026-11-28', '01:00'))).toBe(false);
  expect(isWithinHours(holiday, at('2026-11-23', '10:00'))).toBe(true);
});

it('is open around the clock without hours, but for closed dates', () => {
  const always = { openingHours: [], closedDates: ['2026-11-23'] };
  expect(isWithinHours(always, at('2026-11-24', '03:00'))).toBe(true);
  expect(isWithinHours(always, at('2026-11-23', '03:00'))).toBe(false);
});

it.each<[string, OpeningHours[]]>([
  ['that end before they begin', [{ weekday: 1, opensMinute: 600, closesMinute: 600 }]],
  ['longer than a day', [{ weekday: 1, opensMinute: 600, closesMinute: 600 + DAY_MINUTES + 1 }]],
  ['that overlap', [...hours, { weekday: 1, opensMinute: 11 * 60, closesMinute: 13 * 60 }]],
  [
    'that overlap over the end of the week',
    [
      { weekday: 7, opensMinute: 1200, closesMinute: 1500 },
      { weekday: 1, opensMinute: 0, closesMinute: 61 },
    ],
  ],
])('refuses hours %s', (_what, refused) => {
  expect(() => requireHours(refused)).toThrow(expect.objectContaining({ reason: 'VALIDATION_FAILED' }));
});

it('is open for as many minutes of a week as the accepted hours say', () => {
  const span = fc.record({
    weekday: fc.integer({ min: 1, max: 7 }),
    opensMinute: fc.integer({ min: 0, max: 1439 }),
    length: fc.integer({ min: 1, max: 700 }),
  });
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 4 }), (spans) => {
      const openingHours = spans.map(({ length, ...rest }) => ({ ...rest, closesMinute: rest.opensMinute + length }));
      try {
        requireHours(openingHours);
      } catch {
        return;
      }
      let open = 0;
      for (let day = 0; day < 7; day += 1) {
        for (let minute = 0; minute < DAY_MINUTES; minute += 1) {
          const moment = { date: addDays('2026-11-23', day), minute };
          if (isWithinHours({ openingHours, closedDates: [] }, moment)) open += 1;
        }
      }
      expect(open).toBe(spans.reduce((sum, { length }) => sum + length, 0));
    }),
    { numRuns: 30 },
  );
});

it('reads the clocks of a zone', () => {
  const instant = new Date('2026-11-22T16:05:30Z');
  expect(localMoment(instant, 'Asia/Shanghai')).toEqual({ date: '2026-11-23', minute: 5 });
  expect(localMoment(instant, 'America/New_York')).toEqual({ date: '2026-11-22', minute: 11 * 60 + 5 });
});
