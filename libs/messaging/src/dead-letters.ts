import { DomainError, notFound } from '@tidegate/errors';
import type { CloudEvent } from '@tidegate/mongo';
import { headers, type StoredMsg } from 'nats';
import type { MessageBus } from './message-bus';
import { decodeEvents, encodeEvents } from './wire-format';

const PAGE_MAX = 200;

export interface DeadLetter {
  /** Sequence in the dead-letter stream. */
  id: number;
  consumer: string;
  subject: string;
  messageId: string;
  reason: string;
  message: string;
  diedAt: Date;
  /** Empty when the message could not even be read. */
  events: CloudEvent[];
}

interface Burial {
  consumer: string;
  /** Subject it came on, with namespace. */
  subject: string;
  messageId: string;
  events: CloudEvent[];
  raw: Uint8Array;
  error: unknown;
}

/** Keeps what a consumer could not handle, with why. */
export async function deadLetter(bus: MessageBus, burial: Burial): Promise<void> {
  const plain = bus.namespace ? burial.subject.slice(bus.namespace.length + 1) : burial.subject;
  const info = headers();
  info.set('tg-consumer', burial.consumer);
  info.set('tg-subject', plain);
  info.set('tg-message-id', burial.messageId);
  info.set('tg-reason', burial.error instanceof DomainError ? burial.error.reason : 'UNKNOWN');
  info.set('tg-message', headerSafe(burial.error instanceof Error ? burial.error.message : String(burial.error)));
  await bus.jetStream.publish(
    bus.subject(`dlq.${burial.consumer}.${plain}`),
    burial.events.length > 0 ? encodeEvents(burial.events) : burial.raw,
    { headers: info, msgID: `${burial.consumer}|${burial.messageId}|${Date.now()}` },
  );
}

const headerSafe = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 500);

/** What waits in the dead letters, to be looked at and sent again. */
export class DeadLetters {
  constructor(private readonly bus: MessageBus) {}

  /** Newest first, `limit` at most, older than sequence `before` when given. */
  async list({ limit, before }: { limit: number; before?: number }): Promise<DeadLetter[]> {
    const { state } = await this.bus.manager.streams.info(this.bus.deadLetterStream);
    const letters: DeadLetter[] = [];
    let sequence = Math.min(before ?? Infinity, state.last_seq + 1) - 1;
    for (; sequence >= state.first_seq && sequence > 0 && letters.length < Math.min(limit, PAGE_MAX); sequence -= 1) {
      const stored = await this.find(sequence);
      if (stored) letters.push(toDeadLetter(stored));
    }
    return letters;
  }

  /**
   * Sends one dead letter to its consumer again and removes it here.
   * @throws DEAD_LETTER_NOT_FOUND
   */
  async replay(id: number): Promise<DeadLetter> {
    const stored = await this.find(id);
    if (!stored) throw notFound('DEAD_LETTER_NOT_FOUND', 'There is no such dead letter.', { id: String(id) });
    const letter = toDeadLetter(stored);
    if (letter.events.length === 0) {
      throw new DomainError({
        code: 'FAILED_PRECONDITION',
        reason: 'DEAD_LETTER_UNREADABLE',
        message: 'This message cannot be read, so no consumer can handle it.',
      });
    }
    const info = headers();
    info.set('tg-message-id', letter.messageId);
    info.set('tg-consumer', letter.consumer);
    await this.bus.jetStream.publish(this.bus.subject(letter.subject), encodeEvents(letter.events), {
      headers: info,
      msgID: `replay-${id}`,
    });
    await this.bus.manager.streams.deleteMessage(this.bus.deadLetterStream, id);
    return letter;
  }

  private async find(sequence: number): Promise<StoredMsg | undefined> {
    try {
      return await this.bus.manager.streams.getMessage(this.bus.deadLetterStream, { seq: sequence });
    } catch (error) {
      if (/no message found/i.test(error instanceof Error ? error.message : '')) return undefined;
      throw error;
    }
  }
}

function toDeadLetter(stored: StoredMsg): DeadLetter {
  let events: CloudEvent[] = [];
  try {
    events = decodeEvents(stored.data);
  } catch {
    // Unreadable by nature: that is why it is here.
  }
  return {
    id: stored.seq,
    consumer: stored.header.get('tg-consumer'),
    subject: stored.header.get('tg-subject'),
    messageId: stored.header.get('tg-message-id'),
    reason: stored.header.get('tg-reason'),
    message: stored.header.get('tg-message'),
    diedAt: stored.time,
    events,
  };
}
