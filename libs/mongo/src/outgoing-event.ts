import { currentContext } from '@tidegate/observability';
import { newId } from './new-id';

/** The part of a generated protobuf message type that events need. */
export interface EventType<T> {
  readonly $type: string;
  toJSON(message: T): unknown;
  fromJSON(object: unknown): T;
}

/** A CloudEvents 1.0 event in structured JSON, ready for the outbox. */
export interface CloudEvent {
  specversion: '1.0';
  /** UUIDv7. */
  id: string;
  /** `tidegate/<context>`. */
  source: string;
  /** Full protobuf message name. */
  type: string;
  /** Aggregate id. */
  subject: string;
  /** RFC 3339. */
  time: string;
  traceparent?: string;
  data: unknown;
}

/** An event as text already: encoded once where its data is stored as well. */
export interface EncodedEvent {
  type: string;
  /** JSON of the whole CloudEvent. */
  json: string;
}

export type OutgoingEvent = CloudEvent | EncodedEvent;

/** Builds an event of a protobuf type about one aggregate. */
export const event = <T>(type: EventType<T>, subject: string, data: T): CloudEvent =>
  envelope(type.$type, subject, type.toJSON(data));

/** The same events from the JSON of their data. */
export function encodedEvents<T>(
  type: EventType<T>,
  events: readonly { subject: string; dataJson: string }[],
): EncodedEvent[] {
  const { id: _id, subject: _subject, data: _data, ...common } = envelope(type.$type, '', null);
  const commonJson = JSON.stringify(common).slice(1, -1);
  return events.map(({ subject, dataJson }) => ({
    type: type.$type,
    json: `{${commonJson},"id":"${newId()}","subject":${JSON.stringify(subject)},"data":${dataJson}}`,
  }));
}

const envelope = (type: string, subject: string, data: unknown): CloudEvent => ({
  specversion: '1.0',
  id: newId(),
  source: `tidegate/${type.split('.')[1]}`,
  type,
  subject,
  time: new Date().toISOString(),
  traceparent: currentContext()?.traceparent,
  data,
});

/** NATS subject of a type: tidegate.benefits.v1.BenefitClaimed → evt.benefits.v1.benefit-claimed. */
export function subjectOfType(type: string): string {
  const [, context, version, name] = type.split('.');
  if (!context || !version || !name) throw new Error(`not an event type: ${type}`);
  return `evt.${context}.${version}.${name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()}`;
}
