export { addDays, amended, CHINA, knownUntil, WEEKDAYS, workingDay, type BankCalendar } from './bank-calendar';
export { readBankCalendar } from './read-bank-calendar';
