import type { Finding } from './check';

const BEFORE_PATH = '(?:^|[\\s"\'`(=:,])';

// Character classes keep this file from finding itself.
const FORBIDDEN: readonly { pattern: RegExp; reason: string }[] = [
  { pattern: new RegExp(`${BEFORE_PATH}/(?:work|root)/`), reason: 'a path of one machine' },
  { pattern: new RegExp(`${BEFORE_PATH}/(?:home|Users)/[a-z][\\w.-]*/`), reason: 'a path of one machine' },
  { pattern: new RegExp(`${BEFORE_PATH}[A-Z]:\\\\\\\\?Users\\\\`), reason: 'a path of one machine' },
  {
    pattern: /\b(?:registry\.(?:npmjs|yarnpkg|npmmirror)|npm\.pkg\.github|(?:test\.)?pypi)\.[a-z]{2,}\b/i,
    reason: 'a registry host',
  },
  { pattern: /\bfiles\.pythonhosted\.[a-z]+\b|\b(?:index|static)\.crates\.io\b/i, reason: 'a registry host' },
  { pattern: /\b(?:proxy|sum)\.golang\.[a-z]+\b|\brepo\d?\.maven\.[a-z]+/i, reason: 'a registry host' },
  { pattern: /\b(?:deb|security)\.debian\.[a-z]+\b/i, reason: 'a registry host' },
  { pattern: /\b(?:anthrop[i]c|cla[u]de|chat[g]pt|copil[o]t|cod[e]x)\b/i, reason: 'how the text came about' },
  { pattern: /\bas an? (?:AI|language model)\b/i, reason: 'how the text came about' },
];

const NUL = '\0';

/** Words that are no part of the product: where it was written, fetched from and by whom. Binary content is left out. */
export function checkForbiddenWords(path: string, content: string): Finding[] {
  if (content.includes(NUL)) return [];
  const found = FORBIDDEN.filter(({ pattern }) => pattern.test(content));
  if (found.length === 0) return [];
  return content.split('\n').flatMap((line, index) =>
    found.flatMap(({ pattern, reason }) => {
      const match = pattern.exec(line);
      return match ? [{ path, line: index + 1, message: `"${match[0].trim()}" is ${reason}` }] : [];
    }),
  );
}
