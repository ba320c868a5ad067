import { SearchText } from './phrase-match';
import type { WordList, WordListEntry } from './word-list';

/** One text of what a customer is shown or told together. */
export interface CopyPart {
  /** Path in the caller's object. */
  field: string;
  text: string;
}

/** What is shown or told at once: a message, or a whole script. */
export interface Copy {
  parts: readonly CopyPart[];
  /** Product group of the offer; empty when not known. */
  group: string;
  /** False where the risk words stand elsewhere: the title of a call, whose script says them. */
  mustWarn?: boolean;
}

export type CopyCode = 'COPY_FORBIDDEN_PROMISE' | 'COPY_RISK_WORDS_MISSING';

/** Something that keeps a text from going out. */
export interface CopyFinding {
  field: string;
  code: CopyCode;
  /** As it was typed, or what asks for the risk words. */
  phrase: string;
  entryId: string;
  listId: string;
  listVersion: string;
  source: string;
  /** What to do about it. */
  advice: string;
}

/**
 * Finds forbidden promises 禁止性承诺 in each text, and risk words 风险提示 that are missing from the whole. Disguises (spaces, symbols,
 * full width, traditional characters) are seen through; what denies a promise (不保本) is no finding.
 */
export function checkCopy(copy: Copy, lists: readonly WordList[]): CopyFinding[] {
  const texts = copy.parts.map(({ field, text }) => ({ field, search: new SearchText(text) }));
  return lists.flatMap((list) =>
    list.entries.flatMap((entry) =>
      list.kind === 'forbidden' ? forbidden(list, entry, texts) : missing(list, entry, texts, copy),
    ),
  );
}

interface PreparedPart {
  field: string;
  search: SearchText;
}

function forbidden(list: WordList, entry: WordListEntry, texts: readonly PreparedPart[]): CopyFinding[] {
  return texts.flatMap(({ field, search }) => {
    const phrase = firstOf(search, entry);
    if (phrase === undefined) return [];
    const advice = `Take out "${phrase}".`;
    return [{ ...named(list, entry), field, code: 'COPY_FORBIDDEN_PROMISE' as const, phrase, advice }];
  });
}

function missing(
  list: WordList,
  entry: WordListEntry,
  texts: readonly PreparedPart[],
  { group, mustWarn = true }: Copy,
): CopyFinding[] {
  if (!mustWarn || texts.length === 0) return [];
  const cause = causeOf(entry, texts, group);
  if (cause === undefined) return [];
  const isThere = (entry.anyOf ?? []).some((words) => texts.some(({ search }) => search.find(words) !== undefined));
  if (isThere) return [];
  const advice = `Add one of: ${[entry.advice, ...(entry.anyOf ?? [])].filter(Boolean).slice(0, 4).join(' | ')}`;
  return [{ ...named(list, entry), ...cause, code: 'COPY_RISK_WORDS_MISSING' as const, advice }];
}

function causeOf(
  entry: WordListEntry,
  texts: readonly PreparedPart[],
  group: string,
): { field: string; phrase: string } | undefined {
  for (const { field, search } of texts) {
    const phrase = firstOf(search, entry);
    if (phrase !== undefined) return { field, phrase };
  }
  const field = texts[0]?.field;
  return field !== undefined && entry.groups?.includes(group) ? { field, phrase: group } : undefined;
}

function firstOf(search: SearchText, entry: WordListEntry): string | undefined {
  const unless = { before: entry.unlessBefore, after: entry.unlessAfter, near: entry.unlessNear };
  for (const phrase of entry.phrases) {
    const found = search.find(phrase, unless);
    if (found !== undefined) return found;
  }
  for (const pair of entry.pairs ?? []) {
    const found = search.findPair(pair, unless);
    if (found !== undefined) return found;
  }
  return undefined;
}

const named = (list: WordList, entry: WordListEntry) => ({
  entryId: entry.entryId,
  listId: list.listId,
  listVersion: list.version,
  source: list.sources[entry.source] ?? entry.source,
});
