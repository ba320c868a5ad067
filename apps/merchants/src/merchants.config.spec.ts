import { readConfig } from './merchants.config';
import { calendarDateOf } from './domain/local-time';
import { businessDay } from './settlement/domain/business-day';

it('pays from the bank’s own account, as payment systems know it', () => {
  expect(readConfig({}).debtor).toEqual({ name: 'Tidegate Bank', account: 'SETTLEMENT', bic: '' });
  const account = readConfig({ BANK_SETTLEMENT_ACCOUNT: 'CZ65 0800 0000 1920 0014 5399' }).debtor.account;
  expect(account).toBe('CZ6508000000192000145399');
});

it.each(['1'.repeat(35), 'CZ65 0800 0000 1920 0014 5398', ' '])('does not start to pay from %p', (account) => {
  expect(() => readConfig({ BANK_SETTLEMENT_ACCOUNT: account })).toThrow('BANK_SETTLEMENT_ACCOUNT');
});

it('settles by the calendar of mainland China, or by weekdays without listed dates', () => {
  const worksOn = (date: string, env = {}) => readConfig(env).calendar.isWorkingDay(date);
  expect([worksOn('2026-10-10'), worksOn('2026-10-01')]).toEqual([true, false]);
  const BANK_CALENDAR = 'weekdays';
  expect([worksOn('2026-10-10', { BANK_CALENDAR }), worksOn('2026-10-01', { BANK_CALENDAR })]).toEqual([false, true]);
  const prague = { BANK_CALENDAR, BANK_CLOSED_DATES: '2026-12-24, 2026-12-25,', BANK_TIME_ZONE: 'Europe/Prague' };
  const { to } = businessDay('2026-12-23', readConfig(prague));
  expect(calendarDateOf(to, prague.BANK_TIME_ZONE)).toBe('2026-12-28');
});

it('knows the days of its own beside those of mainland China, as before the package knows a new notice', () => {
  const { calendar } = readConfig({ BANK_CLOSED_DATES: '2099-10-01,2099-10-02', BANK_WORKED_DATES: '2099-10-10' });
  const days = ['2099-09-30', '2099-10-01', '2099-10-02', '2099-10-09', '2099-10-10', '2026-10-10', '2026-10-01'];
  expect(days.map((date) => calendar.isWorkingDay(date))).toEqual([true, false, false, true, true, true, false]);
  expect([2026, 2098, 2099].map((year) => calendar.isAnnounced(year))).toEqual([true, false, true]);
});

const SEVENTY_DAYS = Array.from({ length: 70 }, (_, day) =>
  new Date(Date.UTC(2026, 4, 1 + day)).toISOString().slice(0, 10),
);

it.each([
  ['BANK_CALENDAR must be', { BANK_CALENDAR: 'moon' }],
  ['BANK_CLOSED_DATES and BANK_WORKED', { BANK_CLOSED_DATES: '2026-12-24', BANK_WORKED_DATES: '2026-12-24' }],
  ['BANK_WORKED_DATES must be', { BANK_WORKED_DATES: 'Saturday' }],
  ['BANK_CLOSED_DATES must be', { BANK_CALENDAR: 'weekdays', BANK_CLOSED_DATES: '2026-02-30' }],
  ['BANK_CLOSED_DATES must be', { BANK_CALENDAR: 'weekdays', BANK_CLOSED_DATES: '24.12.2026' }],
  ['BANK_CLOSED_DATES leave no', { BANK_CALENDAR: 'weekdays', BANK_CLOSED_DATES: SEVENTY_DAYS.join() }],
  ['BANK_TIME_ZONE is not', { BANK_TIME_ZONE: 'Mars/Olympus' }],
  ['SETTLEMENT_EVERY_MINUTES must', { SETTLEMENT_EVERY_MINUTES: '-1' }],
])('does not start when %s', (message, env) => {
  expect(() => readConfig(env)).toThrow(message);
});
