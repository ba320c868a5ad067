export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const digitsAt = (text: string, start: number, end: number): number => {
  let number = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
};

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

let lastDate: string | null | undefined;
let lastDateYmd: number | undefined;

/**
 * `YYYY-MM-DD` from the year 1000 on as the number yyyymmdd, or undefined when it is no such date. Allocates nothing; the last answer is
 * kept, since many rules ask about one customer.
 */
export function ymdOf(date: string | null | undefined): number | undefined {
  if (date !== lastDate) {
    lastDateYmd = readYmd(date);
    lastDate = date;
  }
  return lastDateYmd;
}

function readYmd(date: string | null | undefined): number | undefined {
  if (typeof date !== 'string' || date.length !== 10 || date[4] !== '-' || date[7] !== '-') return undefined;
  const year = digitsAt(date, 0, 4);
  const month = digitsAt(date, 5, 7);
  const day = digitsAt(date, 8, 10);
  if (!(year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return undefined;
  return year * 10_000 + month * 100 + day;
}

/** The bank's calendar day at a moment, as days since 1970-01-01. */
export const dayNumberAt = (nowMs: number, utcOffsetMinutes: number): number =>
  Math.floor((nowMs + utcOffsetMinutes * MINUTE_MS) / DAY_MS);

let lastDay = 0;
let lastYmd = 19_700_101;

/** A day number as yyyymmdd; the last answer is kept, since callers ask for the same day many times. */
export function ymdOfDay(day: number): number {
  if (day !== lastDay) {
    const date = new Date(day * DAY_MS);
    lastYmd = date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
    lastDay = day;
  }
  return lastYmd;
}

/** Completed years of age; undefined when the birth is yet to come. */
export const ageYearsAt = (birthYmd: number, todayYmd: number): number | undefined =>
  birthYmd <= todayYmd ? Math.floor((todayYmd - birthYmd) / 10_000) : undefined;

export const monthOfYmd = (ymd: number): number => Math.floor(ymd / 100) % 100;

/** Days until the next anniversary, 0 on the day itself. 29 February falls on 1 March in a common year. */
export function daysToAnniversary(birthYmd: number, today: number): number {
  const year = Math.floor(ymdOfDay(today) / 10_000);
  const month = monthOfYmd(birthYmd) - 1;
  const day = birthYmd % 100;
  const thisYear = Date.UTC(year, month, day) / DAY_MS - today;
  return thisYear >= 0 ? thisYear : Date.UTC(year + 1, month, day) / DAY_MS - today;
}
