import { anniversariesOn, bankDayOf, monthDayOf, parseDay, utcDayOf, yearOf, type BankDay } from './bank-day';
import { isAttributeKey } from './rule-field';

/** Where a date of a customer is read. */
export type DateField = { source: 'birth_date' } | { source: 'attribute'; key: string };

/** What dates are read from. */
export interface DatedCustomer {
  birthDate: Date | null;
  attributes: Readonly<Record<string, unknown>>;
}

const DAY_MS = 86_400_000;
const ATTRIBUTE_PREFIX = 'attributes.';
/**
 * Numbers in this range are read as moments in epoch milliseconds (March 1973 to 2286); smaller ones are counts and amounts. Older
 * dates come as text.
 */
const MOMENT_MS = { min: 1e11, max: 1e13 };
/** Dates of one customer that can be found by day. */
const DATES_MAX = 32;

/** The field, or null when the name is none. */
export function parseDateField(name: string): DateField | null {
  if (name === 'birth_date' || name === 'birthDate') return { source: 'birth_date' };
  const key = name.startsWith(ATTRIBUTE_PREFIX) ? name.slice(ATTRIBUTE_PREFIX.length) : '';
  return isAttributeKey(key) ? { source: 'attribute', key } : null;
}

const nameOf = (field: DateField): string =>
  field.source === 'birth_date' ? 'birth_date' : `${ATTRIBUTE_PREFIX}${field.key}`;

/** The bank's day of a date field; null when the customer has none there. */
export function dayOfField(customer: DatedCustomer, field: DateField, timeZone: string): BankDay | null {
  // A birth date is a calendar day, carried as its midnight in UTC.
  if (field.source === 'birth_date') return customer.birthDate === null ? null : utcDayOf(customer.birthDate);
  return Object.hasOwn(customer.attributes, field.key) ? dayOfValue(customer.attributes[field.key], timeZone) : null;
}

function dayOfValue(value: unknown, timeZone: string): BankDay | null {
  if (typeof value === 'number') {
    const isMoment = Number.isInteger(value) && value >= MOMENT_MS.min && value < MOMENT_MS.max;
    if (!isMoment) return null;
    // A date without a time comes as its midnight in UTC; it is that day in every zone.
    return value % DAY_MS === 0 ? utcDayOf(new Date(value)) : bankDayOf(new Date(value), timeZone);
  }
  if (typeof value !== 'string') return null;
  const day = parseDay(value);
  if (day === null || value.length === 10) return day;
  const moment = new Date(value);
  return Number.isNaN(moment.getTime()) ? null : bankDayOf(moment, timeZone);
}

/** Whether a customer's date is the day, or for a yearly one its anniversary after the first year: the day of birth is no birthday. */
export function fallsOn(
  customer: DatedCustomer,
  { field, isYearly }: { field: DateField; isYearly: boolean },
  target: BankDay,
  timeZone: string,
): boolean {
  const day = dayOfField(customer, field, timeZone);
  if (day === null) return false;
  return isYearly ? anniversariesOn(target).includes(monthDayOf(day)) && yearOf(day) < yearOf(target) : day === target;
}

/** Key under which customers with this very day are found. */
export const exactDayKey = (field: DateField, day: BankDay): string => `${nameOf(field)}=${day}`;
/** Key under which customers with this day in any year are found. */
export const yearlyDayKey = (field: DateField, monthDay: string): string => `${nameOf(field)}~${monthDay}`;

/** Every key a customer is found under: two for each date. */
export function dateKeysOf(customer: DatedCustomer, timeZone: string): string[] {
  const fields: DateField[] = [
    { source: 'birth_date' },
    ...Object.keys(customer.attributes)
      .filter(isAttributeKey)
      .map((key): DateField => ({ source: 'attribute', key })),
  ];
  const keys: string[] = [];
  for (const field of fields) {
    const day = dayOfField(customer, field, timeZone);
    if (day === null) continue;
    keys.push(exactDayKey(field, day), yearlyDayKey(field, monthDayOf(day)));
    if (keys.length >= 2 * DATES_MAX) break;
  }
  return keys;
}
