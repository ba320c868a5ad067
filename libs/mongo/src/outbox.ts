import { Schema, type Connection, type Model } from 'mongoose';
import { newId } from './new-id';
import { subjectOfType, type OutgoingEvent } from './outgoing-event';
import type { Transaction } from './transaction';

/** One message to publish: events of one type from one commit. */
export interface OutboxMessage {
  _id: string;
  subject: string;
  /** JSON array of CloudEvents, as it goes over the wire: encoded once, and cheaper to store than documents. */
  body: string;
  createdAt: Date;
  sentAt: Date | null;
}

const RETENTION_SECONDS = 7 * 24 * 3600;
const EVENTS_PER_MESSAGE_MAX = 250;
// Far below what the broker takes, whatever the characters are.
const BODY_LENGTH_MAX = 1024 * 1024;

const outboxSchema = new Schema<OutboxMessage>(
  {
    _id: String,
    subject: { type: String, required: true },
    body: { type: String, required: true },
    createdAt: { type: Date, required: true },
    sentAt: { type: Date, default: null },
  },
  { collection: 'outbox', versionKey: false },
);
outboxSchema.index({ sentAt: 1 });
// Kept after sending so that a lost tail of the broker can be replayed.
outboxSchema.index({ createdAt: 1 }, { expireAfterSeconds: RETENTION_SECONDS });

/** Events stored with the state they tell of; a relay publishes them after the commit. */
export class Outbox {
  readonly model: Model<OutboxMessage>;

  constructor(connection: Connection) {
    this.model = connection.model<OutboxMessage>('Outbox', outboxSchema);
  }

  /** Stores the transaction's events, grouped by type in the order they were emitted. */
  async write(tx: Transaction): Promise<OutboxMessage[]> {
    const messages = group(tx.events);
    if (messages.length > 0) {
      await this.model.collection.insertMany(messages as never[], { session: tx.session });
    }
    return messages;
  }

  /** Oldest messages not yet marked as sent. */
  async listPending(createdBefore: Date, limit: number): Promise<OutboxMessage[]> {
    const pending = await this.model.collection.find({ sentAt: null }).sort({ _id: 1 }).limit(limit).toArray();
    return pending.filter((message) => message.createdAt < createdBefore) as unknown as OutboxMessage[];
  }

  /** Messages created since a time, sent or not, oldest first: for replaying a tail the broker lost. */
  async listSince(from: Date, afterId: string, limit: number): Promise<OutboxMessage[]> {
    return this.model
      .find({ _id: { $gt: afterId }, createdAt: { $gte: from } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<OutboxMessage[]>();
  }

  async markSent(ids: string[], at: Date): Promise<void> {
    await this.model.collection.updateMany({ _id: { $in: ids as never[] } }, { $set: { sentAt: at } });
  }
}

function group(events: OutgoingEvent[]): OutboxMessage[] {
  const createdAt = new Date();
  const open = new Map<string, { parts: string[]; length: number }>();
  const bodies: { type: string; parts: string[] }[] = [];
  for (const outgoing of events) {
    const encoded = 'json' in outgoing ? outgoing.json : JSON.stringify(outgoing);
    let body = open.get(outgoing.type);
    if (!body || body.parts.length >= EVENTS_PER_MESSAGE_MAX || body.length + encoded.length > BODY_LENGTH_MAX) {
      body = { parts: [], length: 0 };
      open.set(outgoing.type, body);
      bodies.push({ type: outgoing.type, parts: body.parts });
    }
    body.parts.push(encoded);
    body.length += encoded.length;
  }
  return bodies.map(({ type, parts }) => ({
    _id: newId(),
    subject: subjectOfType(type),
    body: `[${parts.join(',')}]`,
    createdAt,
    sentAt: null,
  }));
}
