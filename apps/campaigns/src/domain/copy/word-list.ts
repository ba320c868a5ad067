import type { WordPair } from './phrase-match';

/** One thing that must not be said, or that must be said beside something. */
export interface WordListEntry {
  entryId: string;
  /** Key of the list's sources. */
  source: string;
  /** What is looked for: forbidden itself, or what makes a risk word necessary. */
  phrases: readonly string[];
  /** forbidden: looked for as well, two words that need not stand side by side. */
  pairs?: readonly WordPair[];
  /** Right before a phrase, these make it another thing: 不保本 is no promise. */
  unlessBefore?: readonly string[];
  unlessAfter?: readonly string[];
  /** forbidden: shortly before it in the same clause, these deny it: 不得向客户承诺收益. */
  unlessNear?: readonly string[];
  /** required: also necessary for offers of these product groups, whatever the text says. */
  groups?: readonly string[];
  /** required: one of these must be there. */
  anyOf?: readonly string[];
  /** required: what to add. */
  advice?: string;
}

/** A list of words 词表: data with a source and a version. */
export interface WordList {
  listId: string;
  version: string;
  kind: 'forbidden' | 'required';
  title: string;
  sources: Readonly<Record<string, string>>;
  entries: readonly WordListEntry[];
}

const KINDS: readonly string[] = ['forbidden', 'required'];

/**
 * A word list as it was read from a file.
 * @throws Error with the list's place when it is none: a bank must not start on a list that checks nothing
 */
export function parseWordList(raw: unknown, at: string): WordList {
  const list = raw as Partial<WordList> | null;
  const isWhole =
    typeof list === 'object' &&
    list !== null &&
    typeof list.listId === 'string' &&
    typeof list.version === 'string' &&
    KINDS.includes(list.kind ?? '') &&
    Array.isArray(list.entries) &&
    list.entries.length > 0;
  if (!isWhole) throw new Error(`${at} is no word list`);
  for (const entry of (list as WordList).entries) checkEntry(list as WordList, entry, at);
  return list as WordList;
}

const isSaid = (words: string): boolean => words.trim() !== '';

function checkEntry({ kind, sources }: WordList, entry: WordListEntry, at: string): void {
  const place = `${at}, entry ${entry.entryId}`;
  if (!Array.isArray(entry.phrases) || !entry.phrases.every(isSaid)) {
    throw new Error(`${place}: phrases are missing or empty`);
  }
  for (const { one, other, gapMax } of entry.pairs ?? []) {
    const isWhole = [one, other].every((words) => Array.isArray(words) && words.length > 0 && words.every(isSaid));
    if (!isWhole || !Number.isInteger(gapMax) || gapMax < 0) throw new Error(`${place}: a pair lacks words or a gap`);
  }
  if (sources?.[entry.source] === undefined) throw new Error(`${place}: source ${entry.source} is not named`);
  const isUseless =
    kind === 'forbidden' ? entry.phrases.length + (entry.pairs ?? []).length === 0 : (entry.anyOf ?? []).length === 0;
  if (isUseless) throw new Error(`${place} asks for nothing`);
}

/** Everything that an entry looks for, to be read: of a pair, "one … other". */
export const wordsOf = ({ phrases, pairs = [] }: WordListEntry): string[] => [
  ...phrases,
  ...pairs.map(({ one, other }) => `${one.join('/')} … ${other.join('/')}`),
];
