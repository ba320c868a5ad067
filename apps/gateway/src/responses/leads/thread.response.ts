import type * as coordination from '@tidegate/contracts/leads/v1/coordination';
import type * as rpc from '@tidegate/contracts/leads/v1/threads';
import { shown } from '../../http/shown';

export class ThreadEntry implements rpc.ThreadEntry {
  @shown.text() entryId!: string;
  @shown.text() customerId!: string;
  @shown.text('Empty when it was said outside a lead.') leadId!: string;
  @shown.text() channel!: string;
  @shown.text('The agent, or the customer himself.') authorId!: string;
  @shown.text('note, answer, form.') kind!: string;
  @shown.text() text!: string;
  @shown.text() question!: string;
  @shown.text() answer!: string;
  @shown.text() form!: string;
  @shown.text('What the form is gone on with.') reference!: string;
  @shown.textsByName() fields!: Record<string, string>;
  @shown.time() createdAt!: Date | undefined;
}

export class KnownAnswer implements rpc.KnownAnswer {
  @shown.text('The question, or the form and field as form.field.') question!: string;
  @shown.text() answer!: string;
  @shown.text() channel!: string;
  @shown.time() answeredAt!: Date | undefined;
}

export class AddThreadEntryResponse implements coordination.AddThreadEntryResponse {
  @shown.part(() => ThreadEntry) entry!: ThreadEntry | undefined;
}

export class ListThreadResponse implements coordination.ListThreadResponse {
  @shown.parts(() => ThreadEntry, 'Newest first.') entries!: ThreadEntry[];
  @shown.text() nextPageToken!: string;
  @shown.parts(() => KnownAnswer, 'What need not be asked again.') knownAnswers!: KnownAnswer[];
}
