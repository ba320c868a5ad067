import { amended, CHINA, WEEKDAYS, workingDay } from './bank-calendar';

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
