import { invalid } from '@tidegate/errors';
import { wordsOf, type WordList } from './word-list';

export interface CopyBrief {
  brief: string;
  channel: string;
  /** Product group; may be empty. */
  group: string;
  language: 'zh' | 'en';
}

/** What a language model answers: a title may be empty. */
export interface CopyDraft {
  title: string;
  body: string;
}

/** Phone, card and identity numbers: a model outside the bank is told of no customer. */
const PERSONAL = /\d[\d\s-]{9,}\d/;
const SHOWN_MAX = 60;
const BODY_LENGTH_MAX: Record<string, number> = { sms: 140, app: 300, wecom: 500 };
const BODY_LENGTH_FALLBACK = 800;
const TITLE_LENGTH_MAX = 200;
const TEXT_LENGTH_MAX = 5_000;

/** @throws VALIDATION_FAILED when the brief seems to tell of a person */
export function requireImpersonal({ brief }: CopyBrief): void {
  if (!PERSONAL.test(brief)) return;
  throw invalid([
    { field: 'brief', description: 'say nothing of a single customer: no phone, card or identity number' },
  ]);
}

/** What the model is told: the offer, the channel, the words it must not use and those it must. */
export function promptOf({ brief, channel, group, language }: CopyBrief, lists: readonly WordList[]): string[] {
  const of = (kind: WordList['kind']) => lists.filter((list) => list.kind === kind).flatMap((list) => list.entries);
  const forbidden = of('forbidden').flatMap(wordsOf);
  const required = of('required').map(({ phrases, anyOf = [] }) => `${phrases[0] ?? ''}: ${anyOf[0] ?? ''}`);
  const lengthMax = BODY_LENGTH_MAX[channel] ?? BODY_LENGTH_FALLBACK;
  const system = [
    'You write short, honest messages of a retail bank to its customers.',
    `Language: ${language === 'zh' ? 'Simplified Chinese' : 'English'}. Channel: ${channel}. At most ${lengthMax} characters.`,
    'Variables you may use: {{customer.externalId}}, {{customer.stage}}, {{customer.attributes.<name>}}; never invent names or numbers.',
    `Never promise or use: ${forbidden.slice(0, SHOWN_MAX).join(', ')}.`,
    `When a text names the first of a pair, it must also say the second: ${required.join('; ')}.`,
    'Answer with one JSON object {"title": "...", "body": "..."} and nothing else.',
  ].join('\n');
  return [system, group === '' ? brief : `Product group: ${group}\n${brief}`];
}

/** The draft in a model's answer, or undefined when there is none: models wrap JSON in words and fences. */
export function draftIn(answer: string): CopyDraft | undefined {
  const from = answer.indexOf('{');
  const to = answer.lastIndexOf('}');
  if (from < 0 || to < from) return undefined;
  try {
    const { title = '', body } = JSON.parse(answer.slice(from, to + 1)) as { title?: unknown; body?: unknown };
    if (typeof body !== 'string' || body.trim() === '' || typeof title !== 'string') return undefined;
    return { title: title.trim().slice(0, TITLE_LENGTH_MAX), body: body.trim().slice(0, TEXT_LENGTH_MAX) };
  } catch {
    return undefined;
  }
}
