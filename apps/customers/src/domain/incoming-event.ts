import type { Fact } from './fact';

/** A fact as it arrives: CloudEvents 1.0 attributes. Source: CloudEvents 1.0.2. */
export interface IncomingEvent {
  id: string;
  source: string;
  type: string;
  /** The customer's id or external id. */
  subject: string;
  time: Date | undefined;
  /** Null when it came as text that is no JSON object. */
  data: Record<string, unknown> | undefined | null;
  /** The data as the text it came as, if it did. */
  dataJson?: string | undefined;
}

/** One event that was not accepted. */
export interface Refusal {
  index: number;
  id: string;
  reason: string;
  message: string;
}

const TYPE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const TEXT_LENGTH_MAX = 256;
const DATA_SIZE_MAX = 16_384;
const DATA_DEPTH_MAX = 8;
const CLOCK_SKEW_MS = 24 * 3600_000;
const EARLIEST_MS = Date.UTC(1900, 0, 1);

/** What is wrong with the event's shape, or undefined. */
export function eventFault(event: IncomingEvent, now: Date): string | undefined {
  if (event.id === '' || event.id.length > TEXT_LENGTH_MAX) return `id must have 1 to ${TEXT_LENGTH_MAX} characters`;
  if (event.source === '' || event.source.length > TEXT_LENGTH_MAX) {
    return `source must have 1 to ${TEXT_LENGTH_MAX} characters`;
  }
  if (!TYPE.test(event.type)) return 'type must be letters, digits, dots, dashes and underscores';
  if (event.subject === '' || event.subject.length > TEXT_LENGTH_MAX) {
    return `subject must have 1 to ${TEXT_LENGTH_MAX} characters`;
  }
  if (event.time !== undefined) {
    const time = event.time.getTime();
    if (!(time >= EARLIEST_MS)) return 'time must be a moment since 1900';
    if (time > now.getTime() + CLOCK_SKEW_MS) return 'time must not be in the future';
  }
  if (event.data === null) return 'dataJson must be the text of a JSON object';
  if (event.data !== undefined && sizeOf(event.data, 0) > DATA_SIZE_MAX) {
    return `data must have at most ${DATA_SIZE_MAX} characters, ${DATA_DEPTH_MAX} levels and plain keys`;
  }
  return undefined;
}

/** The event as a fact of the customer that its subject stands for. */
export const factOf = (event: IncomingEvent, customerId: string, now: Date): Fact => ({
  factId: factIdOf(event),
  type: event.type,
  customerId,
  occurredAt: event.time ?? now,
  acceptedAt: now,
  data: event.data ?? {},
});

/** Data that came as text. */
export function dataOf(json: string): Record<string, unknown> | null {
  try {
    const data: unknown = JSON.parse(json);
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** One event, whoever sends it again. */
export const factIdOf = ({ source, id }: Pick<IncomingEvent, 'source' | 'id'>): string => `${source}/${id}`;

// A rough size, an order faster than writing the JSON; infinite for what the database cannot hold.
function sizeOf(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 8;
  if (depth >= DATA_DEPTH_MAX) return Number.POSITIVE_INFINITY;
  let size = 2;
  if (Array.isArray(value)) {
    for (const item of value) size += sizeOf(item, depth + 1);
    return size;
  }
  for (const key in value) {
    if (key === '' || key.startsWith('$') || key.includes('.') || key.includes('\0')) return Number.POSITIVE_INFINITY;
    size += key.length + 4 + sizeOf((value as Record<string, unknown>)[key], depth + 1);
  }
  return size;
}
