import { currentContext } from '@tidegate/observability';
import { v7 as uuidv7 } from 'uuid';

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

export type OutgoingEvent = CloudEvent;

/** Builds an event of a protobuf type about one aggregate. */
export function event<T>(type: EventType<T>, subject: string, data: T): OutgoingEvent {
  return {
    specversion: '1.0',
    id: uuidv7(),
    source: `tidegate/${type.$type.split('.')[1]}`,
    type: type.$type,
    subject,
    time: new Date().toISOString(),
    traceparent: currentContext()?.traceparent,
    data: type.toJSON(data),
  };
}

/** NATS subject of a type: tidegate.benefits.v1.BenefitClaimed → evt.benefits.v1.benefit-claimed. */
export function subjectOfType(type: string): string {
  const [, context, version, name] = type.split('.');
  if (!context || !version || !name) throw new Error(`not an event type: ${type}`);
  return `evt.${context}.${version}.${name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()}`;
}
