import forbiddenPromises from './word-lists/forbidden-promises.json';
import riskWords from './word-lists/risk-words.json';
import { parseWordList, type WordList } from './word-list';

/** The lists that come with the platform and are always in force; a bank adds its own, it cannot take these out. */
export const BUILT_IN_WORD_LISTS: readonly WordList[] = [
  parseWordList(forbiddenPromises, 'forbidden-promises.json'),
  parseWordList(riskWords, 'risk-words.json'),
];
