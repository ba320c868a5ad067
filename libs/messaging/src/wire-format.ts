import type { CloudEvent, EventType } from '@tidegate/mongo';

/** An event as a handler gets it. */
export interface ReceivedEvent<T> {
  id: string;
  type: string;
  subject: string;
  time: Date;
  data: T;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A message is a JSON array of CloudEvents of one type (the batched content mode of CloudEvents 1.0). */
export const encodeEvents = (events: CloudEvent[]): Uint8Array => encoder.encode(JSON.stringify(events));

/** @throws Error when the bytes are not an array of CloudEvents. */
export function decodeEvents(bytes: Uint8Array): CloudEvent[] {
  const parsed: unknown = JSON.parse(decoder.decode(bytes));
  if (!Array.isArray(parsed) || !parsed.every(isCloudEvent)) throw new Error('not a batch of CloudEvents');
  return parsed;
}

function isCloudEvent(value: unknown): value is CloudEvent {
  const candidate = value as Partial<CloudEvent> | null;
  return (
    typeof candidate === 'object' &&
    candidate !== null &&
    candidate.specversion === '1.0' &&
    typeof candidate.id === 'string' &&
    typeof candidate.type === 'string' &&
    typeof candidate.subject === 'string' &&
    typeof candidate.time === 'string'
  );
}

export const toReceived = <T>(type: EventType<T>, cloudEvent: CloudEvent): ReceivedEvent<T> => ({
  id: cloudEvent.id,
  type: cloudEvent.type,
  subject: cloudEvent.subject,
  time: new Date(cloudEvent.time),
  data: type.fromJSON(cloudEvent.data),
});
