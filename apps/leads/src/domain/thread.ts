import { invalid } from '@tidegate/errors';
import type { Lead } from './lead';

export const THREAD_KINDS = ['note', 'answer', 'form'] as const;
export type ThreadKind = (typeof THREAD_KINDS)[number];
export const THREAD_CHANNELS = ['app', 'remote_bank', 'branch', 'merchant', 'phone', 'walk_in'] as const;
export const FIELDS_MAX = 100;

/** Something said to or asked of a customer, on any channel. */
export interface ThreadEntry {
  entryId: string;
  customerId: string;
  leadId: string;
  channel: string;
  authorId: string;
  kind: ThreadKind;
  text: string;
  question: string;
  answer: string;
  form: string;
  reference: string;
  fields: Record<string, string>;
  createdAt: Date;
}

/** An answer that need not be asked for again. */
export interface KnownAnswer {
  question: string;
  answer: string;
  channel: string;
  answeredAt: Date;
}

/** @throws VALIDATION_FAILED */
export function checkEntry(
  entry: Pick<ThreadEntry, 'kind' | 'text' | 'question' | 'answer' | 'form' | 'fields'>,
): void {
  const { kind, text, question, answer, form, fields } = entry;
  const missing =
    (kind === 'note' && text === '' && 'text') ||
    (kind === 'answer' && question === '' && 'question') ||
    (kind === 'answer' && answer === '' && 'answer') ||
    (kind === 'form' && form === '' && 'form');
  if (missing) throw invalid([{ field: `entry.${missing}`, description: `is needed for kind ${kind}` }]);
  if (Object.keys(fields).length > FIELDS_MAX) {
    throw invalid([{ field: 'entry.fields', description: `at most ${FIELDS_MAX} fields` }]);
  }
}

/** The newest answer to each question and the newest value of each form field, in the order in which they were first given. */
export function knownAnswers(entries: readonly ThreadEntry[]): KnownAnswer[] {
  const known = new Map<string, KnownAnswer>();
  const oldestFirst = [...entries].sort((left, right) => (left.entryId < right.entryId ? -1 : 1));
  for (const entry of oldestFirst) {
    const { channel, createdAt: answeredAt } = entry;
    const given: [string, string][] =
      entry.kind === 'answer'
        ? [[entry.question, entry.answer]]
        : Object.entries(entry.fields).map(([name, value]) => [`${entry.form}.${name}`, value]);
    for (const [question, answer] of given) known.set(question, { question, answer, channel, answeredAt });
  }
  return [...known.values()];
}

/** What an agent wrote when he worked a lead, as an entry. */
export const noteEntry = (
  {
    lead,
    authorId,
    channel,
    text,
  }: { lead: Pick<Lead, 'customerId' | 'leadId'>; authorId: string; channel: string; text: string },
  entryId: string,
  now: Date,
): ThreadEntry => ({
  entryId,
  customerId: lead.customerId,
  leadId: lead.leadId,
  channel,
  authorId,
  kind: 'note',
  text,
  ...{ question: '', answer: '', form: '', reference: '', fields: {} },
  createdAt: now,
});
