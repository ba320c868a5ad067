import type { DeadLetter } from '@tidegate/messaging';
import { shown } from '../../http/shown';

export class DeadEvent {
  @shown.text() id!: string;
  @shown.text() type!: string;
  @shown.text('Id of what it is about.') subject!: string;
  @shown.text('RFC 3339.') time!: string;
  @shown.json('Only for callers with the role pii_reader: it may hold personal data.') data!: unknown;
}

/** A message that a consumer could not handle. */
export class DeadLetterView {
  @shown.whole('Sequence in the dead-letter stream.') id!: number;
  @shown.text() consumer!: string;
  @shown.text('Subject it came on.') subject!: string;
  @shown.text() messageId!: string;
  @shown.text('Why it died.') reason!: string;
  @shown.text() message!: string;
  @shown.time() diedAt!: Date;
  @shown.parts(() => DeadEvent, 'Empty when the message could not even be read.') events!: DeadEvent[];
}

export class DeadLetterPage {
  @shown.parts(() => DeadLetterView, 'Newest first.') deadLetters!: DeadLetterView[];
  @shown.whole('Ask for older ones with before=this; 0 when there are none.') nextBefore!: number;
}

export class ReplayAnswer {
  @shown.part(() => DeadLetterView, 'It was sent to its consumer again and removed here.') deadLetter!: DeadLetterView;
}

export const toView = (letter: DeadLetter, isDataShown: boolean): DeadLetterView => ({
  id: letter.id,
  consumer: letter.consumer,
  subject: letter.subject,
  messageId: letter.messageId,
  reason: letter.reason,
  message: letter.message,
  diedAt: letter.diedAt,
  events: letter.events.map(({ id, type, subject, time, data }) => ({
    id,
    type,
    subject,
    time,
    data: isDataShown ? data : undefined,
  })),
});
