import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * The same program without characters outside ASCII, as esbuild writes strings but not regular expressions. One such character
 * makes V8 keep the text of a whole bundle in two bytes for each.
 */
export const toAscii = (code: string): string =>
  code.replace(/(?<!\\)[^\0-\x7f]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => escaped(character, at)).join(''),
  );

const escaped = (text: string, at: number): string => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`;

/** Rewrites the packages that have alphabets in their regular expressions. */
export function asciiPlugin(): Plugin {
  return {
    name: 'ascii',
    setup(build) {
      build.onLoad({ filter: /[\\/]node_modules[\\/]validator[\\/].*\.js$/ }, async ({ path }) => ({
        contents: toAscii(await readFile(path, 'utf8')),
        loader: 'js',
      }));
    },
  };
}
