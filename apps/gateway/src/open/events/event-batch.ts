import type { IncomingEvent, IngestEventsResponse, RefusedEvent } from '@tidegate/contracts/customers/v1/customers';
import { faulty } from '../../http/http-errors';
import { readCloudEvent } from './cloud-event';

export const BATCH_SIZE_MAX = 1_000;

/** What can be handed on, and what was refused here already. */
export interface ReadBatch {
  events: IncomingEvent[];
  /** Position in the request of each event that is handed on. */
  positions: number[];
  refused: RefusedEvent[];
}

/**
 * Reads a batch; one bad event never spoils its neighbours.
 * @throws VALIDATION_FAILED when it is no batch, empty or too long
 */
export function readBatch(body: unknown): ReadBatch {
  if (!Array.isArray(body)) throw faulty('', 'must be a JSON array of events');
  if (body.length === 0 || body.length > BATCH_SIZE_MAX) throw faulty('', `must have 1 to ${BATCH_SIZE_MAX} events`);
  const batch: ReadBatch = { events: [], positions: [], refused: [] };
  body.forEach((item: unknown, index) => {
    const event = readCloudEvent(item);
    if (typeof event === 'string') {
      batch.refused.push({ index, id: idOf(item), reason: 'EVENT_INVALID', message: event });
      return;
    }
    batch.events.push(event);
    batch.positions.push(index);
  });
  return batch;
}

/**
 * Reads a single event.
 * @throws VALIDATION_FAILED
 */
export function readSingle(body: unknown): ReadBatch {
  const event = readCloudEvent(body);
  if (typeof event === 'string') throw faulty('', event);
  return { events: [event], positions: [0], refused: [] };
}

/** The service's answer, told of the events as the caller numbered them. */
export function mergeAnswer({ positions, refused }: ReadBatch, answer: IngestEventsResponse): IngestEventsResponse {
  const theirs = answer.refused.map((item) => ({ ...item, index: positions[item.index] ?? item.index }));
  return { ...answer, refused: [...refused, ...theirs].sort((a, b) => a.index - b.index) };
}

const idOf = (item: unknown): string => {
  const id: unknown = typeof item === 'object' && item !== null ? (item as Record<string, unknown>).id : undefined;
  return typeof id === 'string' ? id.slice(0, 256) : '';
};
