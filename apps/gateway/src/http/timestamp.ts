// Source: RFC 3339 section 5.6; a leap second is not accepted, as Date has none.
const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;
// The earliest that a protobuf Timestamp holds; Date.UTC would read year 1 as 1901.
const EARLIEST_MS = Date.parse('0001-01-01T00:00:00Z');
const DAYS_MAX = 31;

/** The moment an RFC 3339 timestamp names, or undefined when it is not one. */
export function parseTimestamp(value: unknown): Date | undefined {
  if (typeof value !== 'string' || value.length > 40 || !RFC_3339.test(value)) return undefined;
  const parsed = new Date(value.toUpperCase());
  const time = parsed.getTime();
  if (Number.isNaN(time) || time < EARLIEST_MS) return undefined;
  // Date rolls 30 February over to March.
  const day = Number(value.slice(8, 10));
  const isRealDay =
    day <= 28 || (day <= DAYS_MAX && day <= daysOf(Number(value.slice(0, 4)), Number(value.slice(5, 7))));
  return isRealDay ? parsed : undefined;
}

const daysOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
