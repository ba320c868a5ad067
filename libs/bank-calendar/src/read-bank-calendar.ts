import { amended, CHINA, WEEKDAYS, workingDay, type BankCalendar } from './bank-calendar';

const DATES_MAX = 1_000;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The bank's calendar as it is set from outside: `BANK_CALENDAR` (china, weekdays), without `BANK_CLOSED_DATES` and with `BANK_WORKED_DATES`. A notice that the
 * package does not know yet, or a day on which the bank alone is closed, is listed beside the calendar.
 * @throws Error naming the variable that is malformed
 */
export function readBankCalendar({
  BANK_CALENDAR,
  BANK_CLOSED_DATES,
  BANK_WORKED_DATES,
}: Readonly<Record<string, string | undefined>>): BankCalendar {
  const name = BANK_CALENDAR || 'china';
  if (name !== 'china' && name !== 'weekdays') throw new Error('BANK_CALENDAR must be china or weekdays');
  const closedDates = datesOf('BANK_CLOSED_DATES', BANK_CLOSED_DATES);
  const workedDates = datesOf('BANK_WORKED_DATES', BANK_WORKED_DATES);
  const both = closedDates.find((date) => workedDates.includes(date));
  if (both !== undefined) throw new Error(`BANK_CLOSED_DATES and BANK_WORKED_DATES both name ${both}`);
  const calendar = amended(name === 'china' ? CHINA : WEEKDAYS, { closedDates, workedDates });
  for (const date of closedDates) {
    if (!hasWorkingDays(date, calendar)) throw new Error(`BANK_CLOSED_DATES leave no working day near ${date}`);
  }
  return calendar;
}

function datesOf(variable: string, listed = ''): string[] {
  const dates = listed.split(',').flatMap((date) => date.trim() || []);
  if (dates.length <= DATES_MAX && dates.every(isDate)) return dates;
  throw new Error(`${variable} must be up to ${DATES_MAX} ISO dates with commas between them`);
}

const isDate = (text: string): boolean =>
  ISO_DATE.test(text) && succeeds(() => new Date(text).toISOString()) && new Date(text).toISOString().startsWith(text);

const hasWorkingDays = (date: string, calendar: BankCalendar): boolean =>
  succeeds(() => [workingDay(date, 'before', calendar), workingDay(date, 'from', calendar)]);

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
